package dev.halftone.adapters.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.image.EncodedImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;

/// What an engine made, opened by another decoder than its own, to be looked at pixel by pixel.
public record Seen(EncodedImage made, BufferedImage image) {

    public static Seen of(EngineResult result) {
        assertThat(result).isInstanceOf(EngineResult.Encoded.class);
        EncodedImage made = ((EngineResult.Encoded) result).image();
        Seen seen = new Seen(made, opened(made.bytes()));
        assertThat(made.size()).hasToString(seen.size());
        return seen;
    }

    private static BufferedImage opened(byte[] bytes) {
        try {
            return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String size() {
        return image.getWidth() + "x" + image.getHeight();
    }

    public int width() {
        return image.getWidth();
    }

    public int height() {
        return image.getHeight();
    }

    /// `0xAARRGGBB`. A grey file's samples as they are: `getRGB` would make them lighter.
    public int at(int x, int y) {
        if (image.getColorModel().getNumColorComponents() == 1) {
            int[] pixel = image.getRaster().getPixel(x, y, new int[4]);
            int alpha = image.getColorModel().hasAlpha() ? pixel[1] : 255;
            return alpha << 24 | pixel[0] * 0x010101;
        }
        return image.getRGB(x, y);
    }

    public int alpha(int x, int y) {
        return at(x, y) >>> 24;
    }

    public int red(int x, int y) {
        return at(x, y) >> 16 & 255;
    }

    public Seen sized(String size) {
        assertThat(size()).isEqualTo(size);
        return this;
    }

    /// @param tolerance per channel
    public Seen shows(int x, int y, int argb, int tolerance) {
        int seen = at(x, y);
        for (int shift = 0; shift < 32; shift += 8) {
            boolean clear = shift < 24 && argb >>> 24 == 0;
            assertThat((seen >> shift & 255) - (argb >> shift & 255))
                    .as("at %d,%d is %08x, wanted %08x", x, y, seen, argb)
                    .isBetween(clear ? -255 : -tolerance, clear ? 255 : tolerance);
        }
        return this;
    }

    public Seen shows(int x, int y, int argb) {
        return shows(x, y, argb, 2);
    }

    /// How many of a box's pixels are as said.
    public int count(int left, int top, int right, int bottom, IntPredicate what) {
        int count = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                count += what.test(at(x, y)) ? 1 : 0;
            }
        }
        return count;
    }

    public int count(IntPredicate what) {
        return count(0, 0, width(), height(), what);
    }

    /// Mean absolute difference of a channel.
    public double distance(Seen other) {
        assertThat(other.size()).isEqualTo(size());
        double sum = 0;
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                int a = at(x, y);
                int b = other.at(x, y);
                for (int shift = 0; shift < 32; shift += 8) {
                    sum += Math.abs((a >> shift & 255) - (b >> shift & 255));
                }
            }
        }
        return sum / (4.0 * width() * height());
    }

    /// Rec. 709.
    public static double luma(int argb) {
        return 0.2126 * (argb >> 16 & 255) + 0.7152 * (argb >> 8 & 255) + 0.0722 * (argb & 255);
    }
}
