package dev.halftone.adapters.imaging.agreement;

import dev.halftone.adapters.imaging.Seen;
import dev.halftone.adapters.imaging.inspect.PictureInspector;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.image.SourceImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// What a picture looks like, in one line of a file.
///
/// @param size as `WxH`
/// @param hash of the picture on white
/// @param cells mean colours on white of a grid of three by three, as `0xAARRGGBB` with the mean alpha
record Appearance(String size, PerceptualHash hash, List<Integer> cells) {
    private static final int GRID = 3;

    static Appearance of(Seen seen) {
        return new Appearance(seen.size(), hash(seen.image()), cells(seen));
    }

    /// Of the pixels rather than of the file, so that every format is looked at alike.
    private static PerceptualHash hash(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PictureInspector()
                .hash(new SourceImage(ImageFormat.PNG, png.toByteArray()), ImageLimits.DEFAULT)
                .orElseThrow();
    }

    private static List<Integer> cells(Seen seen) {
        return IntStream.range(0, GRID * GRID)
                .map(cell -> mean(
                        seen,
                        seen.width() * (cell % GRID) / GRID,
                        seen.height() * (cell / GRID) / GRID,
                        Math.ceilDiv(seen.width() * (cell % GRID + 1), GRID),
                        Math.ceilDiv(seen.height() * (cell / GRID + 1), GRID)))
                .boxed()
                .toList();
    }

    private static int mean(Seen seen, int left, int top, int right, int bottom) {
        double[] sums = new double[4];
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int pixel = seen.at(x, y);
                double alpha = (pixel >>> 24) / 255.0;
                sums[0] += pixel >>> 24;
                for (int channel = 1; channel < 4; channel++) {
                    sums[channel] += alpha * (pixel >> 24 - 8 * channel & 255) + 255 * (1 - alpha);
                }
            }
        }
        int mean = 0;
        for (double sum : sums) {
            mean = mean << 8 | (int) Math.round(sum / ((double) (right - left) * (bottom - top)));
        }
        return mean;
    }

    /// Mean distance of the cells' colours in CIELAB (CIE 1976): about 2 is what an eye just tells apart.
    double colourDistance(Appearance other) {
        return IntStream.range(0, cells.size())
                .mapToDouble(i -> distance(lab(cells.get(i)), lab(other.cells.get(i))))
                .average()
                .orElseThrow();
    }

    /// The largest difference of a cell's alpha, of 255.
    int alphaDistance(Appearance other) {
        return IntStream.range(0, cells.size())
                .map(i -> Math.abs((cells.get(i) >>> 24) - (other.cells.get(i) >>> 24)))
                .max()
                .orElseThrow();
    }

    private static double distance(double[] one, double[] other) {
        return Math.sqrt(
                Math.pow(one[0] - other[0], 2) + Math.pow(one[1] - other[1], 2) + Math.pow(one[2] - other[2], 2));
    }

    /// Of a colour in sRGB (IEC 61966-2-1), under D65.
    private static double[] lab(int colour) {
        double red = linear(colour >> 16 & 255);
        double green = linear(colour >> 8 & 255);
        double blue = linear(colour & 255);
        double x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        double y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        double z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int sample) {
        double value = sample / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double curve(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    /// Size, hash and cells, with tabs between.
    String line() {
        StringBuilder grid = new StringBuilder();
        cells.forEach(cell -> grid.append(String.format("%08x", cell)));
        return size + '\t' + hash.wire() + '\t' + grid;
    }

    static Optional<Appearance> parse(List<String> columns) {
        String grid = columns.get(2);
        List<Integer> cells = IntStream.range(0, GRID * GRID)
                .mapToObj(i -> Integer.parseUnsignedInt(grid.substring(8 * i, 8 * i + 8), 16))
                .toList();
        return PerceptualHash.ofWire(columns.get(1)).map(hash -> new Appearance(columns.get(0), hash, cells));
    }
}
