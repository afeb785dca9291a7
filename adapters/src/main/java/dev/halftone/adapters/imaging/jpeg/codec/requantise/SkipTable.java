package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;

/// Look-ups for the AC codes of one Huffman table under one [Requantiser]. One look-up of 12 bits resolves a whole
/// run of symbols whose values vanish, with the zeros between them, up to the first value that may survive or the
/// end of the block: most coefficients of a photograph vanish, and none of those is ever looked at.
///
/// An entry holds: bits to consume before the value in bits 0 to 5; how far the index moves, the value's own place
/// included, in bits 6 to 13; the size of the value that follows in bits 16 to 19, 0 for none; all bits to consume
/// from bit 20. Entry 0 sends the reader to [#slow].
final class SkipTable {
    static final int LOOK_BITS = HuffmanTable.LOOK_BITS;
    static final int ADVANCE_SHIFT = 6;
    static final int SIZE_SHIFT = 16;
    static final int TOTAL_SHIFT = 20;

    /// Advance of an end of block: past every index.
    static final int END_OF_BLOCK = 128;

    /// From this index on a composed run could cross the block's end, so [#plain] is asked.
    static final int LAST_COMPOSED = 40;

    private static final int FARTHEST = 63 - LAST_COMPOSED;

    private final HuffmanTable table;
    private final int[] plain = new int[1 << LOOK_BITS];
    private final int[] composed;
    private final int composedFrom;

    /// @param composedFrom first index from which values of magnitude 1 vanish at every index
    /// @param limit the largest magnitude that vanishes at every index from there on
    SkipTable(HuffmanTable table, int composedFrom, int limit) {
        this.table = table;
        this.composedFrom = composedFrom;
        for (int bits = 0; bits < plain.length; bits++) {
            plain[bits] = entry(table.lookup()[bits]);
        }
        composed = composedFrom < LAST_COMPOSED ? compose(limit) : plain;
    }

    /// The look-up at the block's first AC coefficient, asked up to [#firstBound]; then come [#composed], asked up
    /// to [#LAST_COMPOSED], and [#plain].
    int[] first() {
        return composedFrom == 1 ? composed : plain;
    }

    int firstBound() {
        if (composedFrom == 1) {
            return LAST_COMPOSED;
        }
        return composedFrom < LAST_COMPOSED ? composedFrom : 64;
    }

    int[] composed() {
        return composed;
    }

    int[] plain() {
        return plain;
    }

    /// Resolves a code of more than [#LOOK_BITS] bits, or refuses bits that are no code of a sequential scan.
    int slow(int next16, Scan scan) {
        int found = table.longCode(next16);
        int entry = found == 0 ? 0 : entry(found);
        if (entry == 0) {
            throw scan.damaged("an AC code of the scan's table", "other bits");
        }
        return entry;
    }

    private static int entry(int lengthAndSymbol) {
        int length = lengthAndSymbol >> 8;
        int run = lengthAndSymbol >> 4 & 15;
        int size = lengthAndSymbol & 15;
        if (length == 0 || size > 10 || size == 0 && run != 0 && run != 15) {
            return 0;
        }
        return packed(length, size == 0 ? (run == 0 ? END_OF_BLOCK : 16) : run + 1, size);
    }

    private static int packed(int length, int advance, int size) {
        return length | advance << ADVANCE_SHIFT | size << SIZE_SHIFT | length + size << TOTAL_SHIFT;
    }

    private int[] compose(int limit) {
        int[] entries = new int[1 << LOOK_BITS];
        for (int bits = 0; bits < entries.length; bits++) {
            entries[bits] = composed(bits, limit);
        }
        return entries;
    }

    /// Appends symbol after symbol as long as their values vanish and all of it lies within the look-up's bits.
    private int composed(int bits, int limit) {
        int consumed = 0;
        int advance = 0;
        int best = plain[bits];
        while (consumed < LOOK_BITS) {
            int next = plain[bits << consumed & (1 << LOOK_BITS) - 1];
            int length = next & 63;
            if (next == 0 || consumed + length > LOOK_BITS) {
                break;
            }
            int size = next >>> SIZE_SHIFT & 15;
            int step = next >>> ADVANCE_SHIFT & 255;
            if (step == END_OF_BLOCK) {
                return packed(consumed + length, END_OF_BLOCK, 0);
            }
            if (advance + step > FARTHEST) {
                break;
            }
            int end = consumed + length + size;
            best = packed(consumed + length, advance + step, size);
            if (size > 0 && (end > LOOK_BITS || magnitude(bits >> LOOK_BITS - end, size) > limit)) {
                break;
            }
            consumed = end;
            advance += step;
            best = packed(consumed, advance, 0);
        }
        return best;
    }

    private static int magnitude(int bits, int size) {
        int raw = bits & (1 << size) - 1;
        return raw >> size - 1 == 1 ? raw : (1 << size) - 1 - raw;
    }
}
