package dev.halftone.adapters.imaging.jpeg.codec;

/// Why the codec does not take a file: which marker, at which offset, what was expected and what was found. A
/// refused file is not a failed one: another decoder may take it.
///
/// @param kind damaged, or intact but of a process that this codec does not implement
/// @param marker the second byte of the marker at hand, 0 when none is
/// @param offset from the start of the file, in bytes
public record Refusal(Kind kind, int marker, int offset, String expected, String found) {

    /// What another decoder should expect.
    public enum Kind {
        /// The stream breaks a rule of T.81.
        DAMAGED,
        /// The stream may be right, but its coding process, precision or size is not handled here.
        UNSUPPORTED
    }

    @Override
    public String toString() {
        String at = marker == 0 ? "" : "marker FF%02X ".formatted(marker);
        return at + "at byte " + offset + ": expected " + expected + ", found " + found;
    }
}
