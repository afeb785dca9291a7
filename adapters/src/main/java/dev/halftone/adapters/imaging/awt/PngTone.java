package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What the chunks gAMA, cHRM and cICP of a PNG say of its tones, as browsers honour them: a profile or an
/// sRGB chunk takes precedence over gAMA.
///
/// @param gamma exponent from light to sample, 0 where none is given or it is sRGB's
/// @param chunks what a PNG has to carry on
@SuppressWarnings("ArrayRecordComponent")
record PngTone(double gamma, byte[] chunks) {
    static final PngTone SRGB = new PngTone(0, new byte[0]);

    static PngTone of(PngFile file) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        file.dataOf("cICP").ifPresent(data -> kept.writeBytes(PngFile.chunk("cICP", data)));
        boolean said = file.dataOf("sRGB").isPresent() || file.dataOf("iCCP").isPresent();
        byte[] data = file.dataOf("gAMA").filter(d -> d.length == 4).orElse(new byte[4]);
        int stored = ByteBuffer.wrap(data).getInt();
        if (said || stored <= 0 || Math.abs(stored - 45455) < 500) {
            return new PngTone(0, kept.toByteArray());
        }
        kept.writeBytes(PngFile.chunk("gAMA", data));
        file.dataOf("cHRM").ifPresent(chrm -> kept.writeBytes(PngFile.chunk("cHRM", chrm)));
        return new PngTone(stored / 100_000.0, kept.toByteArray());
    }

    boolean isSrgb() {
        return gamma == 0;
    }

    /// The picture with its tones moved to sRGB's curve.
    Picture toSrgb(Picture picture) {
        if (isSrgb()) {
            return picture;
        }
        int[] tones = new int[256];
        for (int i = 0; i < 256; i++) {
            double light = Math.pow(i / 255.0, 1 / gamma);
            double sample = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            tones[i] = Math.clamp(Math.round(255 * sample), 0, 255);
        }
        return switch (picture) {
            case Picture.Grey grey -> {
                byte[] samples = new byte[grey.samples().length];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = (byte) tones[grey.samples()[i] & 255];
                }
                yield new Picture.Grey(grey.width(), grey.height(), samples);
            }
            case Picture.Colour colour -> {
                int[] argb = colour.argb().clone();
                Arrays.setAll(
                        argb,
                        i -> argb[i] & 0xff000000
                                | tones[argb[i] >> 16 & 255] << 16
                                | tones[argb[i] >> 8 & 255] << 8
                                | tones[argb[i] & 255]);
                yield new Picture.Colour(colour.width(), colour.height(), argb, colour.opaque());
            }
        };
    }
}
