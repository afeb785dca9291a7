package dev.halftone.adapters.csv.text;

/// Well-formed UTF-8 sequences, after table 3-7 of the Unicode standard.
final class Utf8 {
    private Utf8() {}

    /// Whether at least as many of the non-ASCII sequences are well-formed as are not.
    ///
    /// @param whole whether nothing follows; else a sequence that the end cuts is not counted
    static boolean isLikely(byte[] bytes, int from, int to, boolean whole) {
        int good = 0;
        int bad = 0;
        int i = from;
        while (i < to) {
            int length = 1;
            if (bytes[i] < 0) {
                if (!whole && i + 4 > to) {
                    break;
                }
                length = sequence(bytes, i, to);
                good += length > 0 ? 1 : 0;
                bad += length > 0 ? 0 : 1;
            }
            i += Math.max(1, length);
        }
        return good >= bad;
    }

    /// @return how long the well-formed multi-byte sequence is; 0 for a malformed one
    private static int sequence(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xff;
        int length = lead >= 0xC2 && lead <= 0xDF
                ? 2
                : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (int i = 1; i < length; i++) {
            int trail = bytes[at + i] & 0xff;
            if (trail < (i == 1 ? low : 0x80) || trail > (i == 1 ? high : 0xBF)) {
                return 0;
            }
        }
        return length;
    }
}
