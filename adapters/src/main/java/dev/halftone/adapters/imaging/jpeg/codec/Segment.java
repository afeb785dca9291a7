package dev.halftone.adapters.imaging.jpeg.codec;

/// A marker segment of application data or a comment (T.81 B.2.4.5, B.2.4.6).
///
/// @param marker second byte of the marker
/// @param start offset of the first byte after the length
/// @param length of the data in bytes
public record Segment(int marker, int start, int length) {

    public boolean startsWith(byte[] file, String ascii) {
        if (length < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (file[start + i] != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
