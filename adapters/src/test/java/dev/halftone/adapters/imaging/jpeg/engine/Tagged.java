package dev.halftone.adapters.imaging.jpeg.engine;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts.Part;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Orientations as a viewer applies them, pixel by pixel, and the tags of an output's EXIF block; nothing of it
/// is the engine's.
final class Tagged {
    static final int ORIENTATION = 0x112;

    private Tagged() {}

    /// The payload of the EXIF segment behind its signature.
    static Optional<byte[]> exif(byte[] jpeg) {
        return JpegParts.of(jpeg).all(Markers.APP0 + 1).stream()
                .map(Part::payload)
                .filter(payload -> new String(payload, StandardCharsets.ISO_8859_1).startsWith("Exif\0"))
                .map(payload -> Arrays.copyOfRange(payload, 6, payload.length))
                .findFirst();
    }

    /// Tags of the first directory with what stands in their value fields as SHORT.
    static Map<Integer, Integer> tags(byte[] exif) {
        ByteBuffer view = ByteBuffer.wrap(exif).order(exif[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = view.getInt(4);
        Map<Integer, Integer> tags = new LinkedHashMap<>();
        for (int i = 0; i < view.getShort(at); i++) {
            int entry = at + 2 + 12 * i;
            tags.put(view.getShort(entry) & 0xffff, view.getShort(entry + 8) & 0xffff);
        }
        return tags;
    }

    static int orientation(byte[] jpeg) {
        return exif(jpeg).map(block -> tags(block).getOrDefault(ORIENTATION, 1)).orElse(1);
    }

    /// The picture as viewers show it.
    static Pixels shown(byte[] jpeg) {
        return upright(Libjpeg.pixels(jpeg), orientation(jpeg));
    }

    /// EXIF 2.32, tag 0112: where row 0 and column 0 of what is stored lie in what is shown.
    static Pixels upright(Pixels stored, int orientation) {
        int width = orientation >= 5 ? stored.height() : stored.width();
        int height = orientation >= 5 ? stored.width() : stored.height();
        int bands = stored.bands();
        byte[] samples = new byte[stored.samples().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = column(orientation, x, y, stored);
                int row = row(orientation, x, y, stored);
                for (int band = 0; band < bands; band++) {
                    samples[(y * width + x) * bands + band] =
                            stored.samples()[(row * stored.width() + column) * bands + band];
                }
            }
        }
        return new Pixels(width, height, bands, samples);
    }

    private static int column(int orientation, int x, int y, Pixels stored) {
        return switch (orientation) {
            case 2, 3 -> stored.width() - 1 - x;
            case 5, 6 -> y;
            case 7, 8 -> stored.width() - 1 - y;
            default -> x;
        };
    }

    private static int row(int orientation, int x, int y, Pixels stored) {
        return switch (orientation) {
            case 3, 4 -> stored.height() - 1 - y;
            case 5, 8 -> x;
            case 6, 7 -> stored.height() - 1 - x;
            default -> y;
        };
    }

    /// What jpegtran calls the turn that makes an orientation upright.
    static List<String> jpegtran(int orientation) {
        List<String> options = new ArrayList<>(List.of("-perfect"));
        options.addAll(
                switch (orientation) {
                    case 2 -> List.of("-flip", "horizontal");
                    case 3 -> List.of("-rotate", "180");
                    case 4 -> List.of("-flip", "vertical");
                    case 5 -> List.of("-transpose");
                    case 6 -> List.of("-rotate", "90");
                    case 7 -> List.of("-transverse");
                    case 8 -> List.of("-rotate", "270");
                    default -> List.of();
                });
        return options;
    }
}
