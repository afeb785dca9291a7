package dev.halftone.adapters.imaging.similarity;

/// What must hold of the sizes that callers give.
final class Sizes {
    private Sizes() {}

    static void checkArray(int width, int height, int length) {
        if (width < 1 || height < 1 || (long) width * height != length) {
            throw new IllegalArgumentException(
                    "a picture of " + width + " x " + height + " cannot have " + length + " samples");
        }
    }

    static void checkSame(int width, int height, int otherWidth, int otherHeight) {
        if (width != otherWidth || height != otherHeight) {
            throw new IllegalArgumentException("only pictures of one size can be compared, found " + width + " x "
                    + height + " and " + otherWidth + " x " + otherHeight);
        }
    }
}
