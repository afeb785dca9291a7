package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
/// Look-ups for the AC codes of one Huffman table under one [Requantiser]. One look-up of 12 bits resolves a
/// whole run of symbols whose values vanish, with the zeros between them, up to the first value that may
/// survive or the end of the block: most coefficients of a photograph vanish, and none of those is ever looked
/// at.
///
/// An entry holds: bits to consume before the value in bits 0 to 4; places to advance in bits 5 to 12; the size
/// of the value that follows in bits 13 to 16, 0 for none. Entry 0 sends the reader to [#slow].

public final class SkipTable {
    public static final int LOOK_BITS = HuffmanTable.LOOK_BITS;

    /// Advance of an end of block: past every index.
    public static final int END_OF_BLOCK = 128;

    /// From this index on a composed run could cross the block's end, so [#plain] is asked.
    public static final int LAST_COMPOSED = 40;

    private static final int FARTHEST = 63 - LAST_COMPOSED;

    private final HuffmanTable table;
    private final int[] plain = new int[1 << LOOK_BITS];
    private final int[] composed;
    private final int composedFrom;

    public SkipTable(HuffmanTable table, Requantiser requantiser) {
        this.table = table;
        for (int bits = 0; bits < plain.length; bits++) {
            plain[bits] = entry(table.lookup()[bits]);
        }
        composedFrom = requantiser.firstVanishing();
        composed = composedFrom < LAST_COMPOSED ? compose(requantiser.vanishingFrom(composedFrom)) : plain;
    }

    public int[] plain() {
        return plain;
    }

    public int[] composed() {
        return composed;
    }

    /// First index from which [#composed] may be asked.
    public int composedFrom() {
        return composedFrom;
    }

    /// Resolves a code of more than [#LOOK_BITS] bits, or refuses bits that are no code of a sequential scan.
    public int slow(int next16, int position) {
        int found = table.longCode(next16);
        int entry = found == 0 ? 0 : entry(found);
        if (entry == 0) {
            throw RefusedException.damaged(0, position, "an AC code of the scan's table", "other bits");
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
        int advance = size == 0 ? (run == 0 ? END_OF_BLOCK : 16) : run;
        return length | advance << 5 | size << 13;
    }

    /// @param limit the largest magnitude that vanishes wherever the table is asked
    private int[] compose(int limit) {
        int[] entries = new int[1 << LOOK_BITS];
        for (int bits = 0; bits < entries.length; bits++) {
            int consumed = 0;
            int advance = 0;
            int best = plain[bits];
            while (true) {
                int next = plain[bits << consumed & (1 << LOOK_BITS) - 1];
                int length = next & 31;
                if (next == 0 || consumed + length > LOOK_BITS) {
                    break;
                }
                int size = next >> 13;
                int step = next >> 5 & 255;
                if (step == END_OF_BLOCK) {
                    best = consumed + length | END_OF_BLOCK << 5;
                    break;
                }
                if (advance + step > FARTHEST) {
                    break;
                }
                best = consumed + length | advance + step << 5 | size << 13;
                if (size == 0) {
                    consumed += length;
                    advance += step;
                    continue;
                }
                int end = consumed + length + size;
                if (end > LOOK_BITS || magnitude(bits >> LOOK_BITS - end, size) > limit) {
                    break;
                }
                consumed = end;
                advance += step + 1;
                best = consumed | advance << 5;
                if (advance > FARTHEST) {
                    break;
                }
            }
            entries[bits] = best;
        }
        return entries;
    }

    private static int magnitude(int bits, int size) {
        int raw = bits & (1 << size) - 1;
        return raw >> size - 1 == 1 ? raw : (1 << size) - 1 - raw;
    }
}
