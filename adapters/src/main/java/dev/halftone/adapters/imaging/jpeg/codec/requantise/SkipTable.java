package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;

/// Look-ups for the AC codes of one Huffman table under one [Requantiser]. One look-up of 12 bits resolves as
/// many symbols as they hold: values that vanish, with the zeros between them; one value that may survive;
/// after it again values that vanish, or the end of the block. Most coefficients of a photograph vanish, and
/// none of those is ever looked at.
///
/// An entry holds: all bits to consume in bits 0 to 5; those before the value in bits 6 to 11; the value's size
/// in bits 12 to 15, 0 for none; how far the index moves up to behind the value in bits 16 to 23, and after
/// that in bits 24 to
/// 31. Entry 0 sends the reader to [#slow].
final class SkipTable {
    static final int LOOK_BITS = HuffmanTable.LOOK_BITS;
    static final int BEFORE_SHIFT = 6;
    static final int SIZE_SHIFT = 12;
    static final int ADVANCE_SHIFT = 16;
    static final int AFTER_SHIFT = 24;

    /// Advance of an end of block: past every index.
    static final int END_OF_BLOCK = 128;

    /// From this index on a composed run could cross the block's end, so [#plain] is asked.
    static final int LAST_COMPOSED = 40;

    private static final int FARTHEST = 63 - LAST_COMPOSED;

    private final HuffmanTable table;
    private final int[] plain = new int[1 << LOOK_BITS];
    private final int[] first;
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
        first = composedFrom == 1 ? composed : compose(0);
    }

    /// The look-up at the block's first AC coefficient, asked up to [#firstBound]; then come [#composed], asked
    /// up to [#LAST_COMPOSED], and [#plain].
    int[] first() {
        return first;
    }

    int firstBound() {
        return composedFrom == 1 ? LAST_COMPOSED : Math.min(composedFrom, LAST_COMPOSED);
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
        int advance = size == 0 ? (run == 0 ? END_OF_BLOCK : 16) : run + 1;
        return packed(length + size, length, size, advance, 0);
    }

    private static int packed(int total, int before, int size, int advance, int after) {
        return total | before << BEFORE_SHIFT | size << SIZE_SHIFT | advance << ADVANCE_SHIFT | after << AFTER_SHIFT;
    }

    private int[] compose(int limit) {
        int[] entries = new int[1 << LOOK_BITS];
        for (int bits = 0; bits < entries.length; bits++) {
            int entry = composed(bits, limit);
            entries[bits] = entry == 0 ? plain[bits] : entry;
        }
        return entries;
    }

    /// Appends symbol after symbol as long as all of it lies within the look-up's bits and no second value may
    /// survive; 0 when not even one does.
    private int composed(int bits, int limit) {
        int total = 0;
        int before = 0;
        int size = 0;
        int advance = 0;
        int after = 0;
        while (total < LOOK_BITS) {
            int next = plain[bits << total & (1 << LOOK_BITS) - 1];
            int length = next >>> BEFORE_SHIFT & 63;
            if (next == 0 || total + length > LOOK_BITS) {
                break;
            }
            int step = next >>> ADVANCE_SHIFT & 255;
            if (step == END_OF_BLOCK) {
                return size == 0
                        ? packed(total + length, 0, 0, END_OF_BLOCK, 0)
                        : packed(total + length, before, size, advance, END_OF_BLOCK);
            }
            int valueSize = next >>> SIZE_SHIFT & 15;
            int end = total + length + valueSize;
            boolean vanishes = end <= LOOK_BITS && magnitude(bits >> LOOK_BITS - end, valueSize) <= limit;
            if (advance + after + step > FARTHEST || !vanishes && size > 0) {
                break;
            }
            if (vanishes) {
                advance += size == 0 ? step : 0;
                after += size == 0 ? 0 : step;
            } else {
                before = total + length;
                size = valueSize;
                advance += step;
            }
            total = end;
        }
        return total == 0 ? 0 : packed(total, before, size, advance, after);
    }

    private static int magnitude(int bits, int size) {
        if (size == 0) {
            return 0;
        }
        int raw = bits & (1 << size) - 1;
        return raw >> size - 1 == 1 ? raw : (1 << size) - 1 - raw;
    }
}
