package dev.halftone.adapters.imaging.jpeg.codec;

/// One component of a frame (T.81 B.2.2).
///
/// @param index its place in the frame header, from 0
/// @param id its identifier
/// @param horizontal sampling factor, 1 to 4
/// @param vertical sampling factor, 1 to 4
/// @param tableId destination of its quantisation table, 0 to 3
/// @param blocksWide blocks that hold samples of the picture, in a row (A.2.2)
/// @param blocksHigh likewise in a column
/// @param storedWide blocks in a row once filled up to whole MCUs of an interleaved scan (A.2.4)
/// @param storedHigh likewise in a column
public record FrameComponent(
        int index,
        int id,
        int horizontal,
        int vertical,
        int tableId,
        int blocksWide,
        int blocksHigh,
        int storedWide,
        int storedHigh) {

    public int storedBlocks() {
        return storedWide * storedHigh;
    }
}
