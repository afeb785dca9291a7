package dev.halftone.adapters.imaging.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.util.Optional;

/// An ICC colour profile (ICC.1, section 7) as far as Halftone looks into it: whether it can stay beside the samples
/// that
/// it describes, and whether it only says sRGB, which everybody assumes anyway.
public final class IccProfile {
    private static final int HEADER = 128;
    private static final int LARGEST = 1 << 20;

    private IccProfile() {}

    /// The profile if it is whole, belongs to samples of this many channels, and says something.
    ///
    /// @param channels 1 for grey, 3 for RGB
    public static Optional<byte[]> kept(Optional<byte[]> profile, int channels) {
        return profile.filter(bytes -> isWhole(bytes) && spaceOf(bytes).equals(channels == 1 ? "GRAY" : "RGB "))
                .filter(bytes -> !isPlainSrgb(bytes));
    }

    private static boolean isWhole(byte[] bytes) {
        if (bytes.length < HEADER + 4 || bytes.length > LARGEST) {
            return false;
        }
        ByteView view = ByteView.bigEndian(bytes);
        long count = view.u32(HEADER);
        boolean tables = count > 0 && count < 200 && HEADER + 4 + 12 * count <= bytes.length;
        return view.u32(0) <= bytes.length && view.ascii(36, 4).equals("acsp") && tables && allTagsWithin(view, count);
    }

    private static boolean allTagsWithin(ByteView view, long count) {
        for (int i = 0; i < count; i++) {
            long at = HEADER + 4 + 12L * i;
            if (view.u32(at + 4) + view.u32(at + 8) > view.length()) {
                return false;
            }
        }
        return true;
    }

    private static String spaceOf(byte[] bytes) {
        return new String(bytes, 16, 4, ISO_8859_1);
    }

    /// Told by its description; the many makes of the profile all have the name in it.
    private static boolean isPlainSrgb(byte[] bytes) {
        ByteView view = ByteView.bigEndian(bytes);
        long count = view.u32(HEADER);
        for (int i = 0; i < count; i++) {
            long at = HEADER + 4 + 12L * i;
            if (view.ascii(at, 4).equals("desc")) {
                int from = (int) view.u32(at + 4);
                int length = (int) Math.min(view.u32(at + 8), 512);
                String narrow = new String(bytes, from, length, ISO_8859_1);
                String wide = new String(bytes, from, length & ~1, UTF_16BE);
                return narrow.contains("sRGB") || wide.contains("sRGB");
            }
        }
        return false;
    }
}
