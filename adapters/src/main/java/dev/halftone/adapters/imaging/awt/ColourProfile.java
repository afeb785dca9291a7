package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.Optional;

/// An embedded ICC profile for grey or RGB that works.
@SuppressWarnings("ArrayRecordComponent")
record ColourProfile(byte[] bytes, ICC_ColorSpace space, boolean grey) {
    /// A profile up to this size travels with the picture, so that colours outside sRGB survive; a larger
    /// one (a measured table, often of more bytes than the picture) is applied instead.
    private static final int SMALL = 4096;

    private static final int HEADER = 128;
    private static final int STRIP = 64;

    /// @return empty for a profile that is damaged, of another colour space, or sRGB's own and so needless
    static Optional<ColourProfile> of(byte[] bytes) {
        if (bytes.length < HEADER || bytes[36] != 'a' || bytes[37] != 'c' || bytes[38] != 's' || bytes[39] != 'p') {
            return Optional.empty();
        }
        try {
            ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(bytes));
            boolean grey = space.getType() == ColorSpace.TYPE_GRAY;
            if (!grey && space.getType() != ColorSpace.TYPE_RGB) {
                return Optional.empty();
            }
            ColourProfile profile = new ColourProfile(bytes, space, grey);
            return profile.isPlain() ? Optional.empty() : Optional.of(profile);
        } catch (IllegalArgumentException | CMMException | IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    boolean isSmall() {
        return bytes.length <= SMALL;
    }

    /// Whether no sample out of a spread of them moves by more than one step on the way to sRGB. Also finds
    /// out whether the profile works at all.
    private boolean isPlain() {
        byte[] tried = new byte[grey ? 16 : 3 * 125];
        for (int i = 0; i < tried.length; i++) {
            tried[i] = (byte) (grey ? 17 * i : (i % 3 == 0 ? i / 75 : i % 3 == 1 ? i / 15 % 5 : i / 3 % 5) * 63);
        }
        byte[] seen = converted(tried);
        for (int i = 0; i < seen.length; i++) {
            int before = tried[grey ? i / 3 : i] & 255;
            if (Math.abs((seen[i] & 255) - before) > 1) {
                return false;
            }
        }
        return true;
    }

    /// @param samples one or three a pixel
    /// @return three a pixel
    private byte[] converted(byte[] samples) {
        int bands = grey ? 1 : 3;
        int pixels = samples.length / bands;
        byte[] out = new byte[3 * pixels];
        ColorConvertOp op = new ColorConvertOp(space, ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
        op.filter(raster(samples, pixels, bands), raster(out, pixels, 3));
        return out;
    }

    private static WritableRaster raster(byte[] samples, int pixels, int bands) {
        int[] offsets = bands == 1 ? new int[] {0} : new int[] {0, 1, 2};
        return Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length), pixels, 1, pixels * bands, bands, offsets, null);
    }

    /// The picture in sRGB. Grey stays grey.
    Picture toSrgb(Picture picture, Deadline deadline) {
        return switch (picture) {
            case Picture.Grey plain -> {
                byte[] tones = grey ? greyTones() : tones();
                byte[] samples = new byte[plain.samples().length];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = tones[plain.samples()[i] & 255];
                }
                yield new Picture.Grey(plain.width(), plain.height(), samples);
            }
            case Picture.Colour colour -> grey ? greyAsColour(colour) : strips(colour, deadline);
        };
    }

    private static byte[] tones() {
        byte[] same = new byte[256];
        for (int i = 0; i < 256; i++) {
            same[i] = (byte) i;
        }
        return same;
    }

    private byte[] greyTones() {
        byte[] seen = converted(tones());
        byte[] tones = new byte[256];
        for (int i = 0; i < 256; i++) {
            tones[i] = seen[3 * i + 1];
        }
        return tones;
    }

    private Picture greyAsColour(Picture.Colour colour) {
        byte[] tones = greyTones();
        int[] out = new int[colour.argb().length];
        Arrays.setAll(out, i -> colour.argb()[i] & 0xff000000 | (tones[colour.argb()[i] & 255] & 255) * 0x010101);
        return new Picture.Colour(colour.width(), colour.height(), out, colour.opaque());
    }

    private Picture strips(Picture.Colour colour, Deadline deadline) {
        int[] from = colour.argb();
        int[] to = new int[from.length];
        int step = colour.width() * STRIP;
        ColorConvertOp op = new ColorConvertOp(space, ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
        for (int at = 0; at < from.length; at += step) {
            deadline.check();
            int pixels = Math.min(step, from.length - at);
            byte[] in = new byte[3 * pixels];
            byte[] out = new byte[3 * pixels];
            for (int i = 0; i < pixels; i++) {
                in[3 * i] = (byte) (from[at + i] >> 16);
                in[3 * i + 1] = (byte) (from[at + i] >> 8);
                in[3 * i + 2] = (byte) from[at + i];
            }
            op.filter(raster(in, pixels, 3), raster(out, pixels, 3));
            for (int i = 0; i < pixels; i++) {
                to[at + i] = from[at + i] & 0xff000000
                        | (out[3 * i] & 255) << 16
                        | (out[3 * i + 1] & 255) << 8
                        | out[3 * i + 2] & 255;
            }
        }
        return new Picture.Colour(colour.width(), colour.height(), to, colour.opaque());
    }
}
