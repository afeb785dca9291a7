package dev.halftone.adapters.imaging.jpeg.codec.write;

import dev.halftone.adapters.imaging.jpeg.codec.entropy.OptimalHuffman;
import java.util.ArrayList;
import java.util.List;

/// Joins statistics of symbols for as long as one Huffman table for two of them takes fewer bits than a table
/// for each. Small pictures gain: there the tables weigh more than what they save.
final class SharedTables {
    /// With more symbols than this in both, tables of their own pay whatever they cost to specify.
    private static final int MANY_SYMBOLS = 1 << 13;

    private final List<int[]> counts = new ArrayList<>();
    private final List<Integer> tableOf = new ArrayList<>();

    /// @param uses how often each symbol occurs in each use of a table
    SharedTables(List<int[]> uses) {
        for (int[] use : uses) {
            tableOf.add(counts.size());
            counts.add(use.clone());
        }
        long[] bits = counts.stream().mapToLong(OptimalHuffman::bits).toArray();
        while (joinBest(bits)) {}
    }

    int tableOf(int use) {
        return tableOf.get(use);
    }

    /// Statistics of a table that [#tableOf] names.
    int[] counts(int table) {
        return counts.get(table);
    }

    int uses() {
        return tableOf.size();
    }

    /// Bits of all symbols and tables, without additional bits.
    long bits() {
        return tableOf.stream()
                .distinct()
                .mapToLong(table -> OptimalHuffman.bits(counts.get(table)))
                .sum();
    }

    private boolean joinBest(long[] bits) {
        long most = 0;
        int one = 0;
        int other = 0;
        for (int a = 0; a < counts.size(); a++) {
            for (int b = a + 1; b < counts.size(); b++) {
                if (tableOf.contains(a) && tableOf.contains(b) && Math.min(total(a), total(b)) < MANY_SYMBOLS) {
                    long saved = bits[a] + bits[b] - OptimalHuffman.bits(joined(a, b));
                    if (saved > most) {
                        most = saved;
                        one = a;
                        other = b;
                    }
                }
            }
        }
        if (most == 0) {
            return false;
        }
        counts.set(one, joined(one, other));
        bits[one] = OptimalHuffman.bits(counts.get(one));
        int gone = other;
        int kept = one;
        tableOf.replaceAll(table -> table == gone ? kept : table);
        return true;
    }

    private int[] joined(int a, int b) {
        int[] sum = counts.get(a).clone();
        for (int symbol = 0; symbol < 256; symbol++) {
            sum[symbol] += counts.get(b)[symbol];
        }
        return sum;
    }

    private long total(int table) {
        long total = 0;
        for (int count : counts.get(table)) {
            total += count;
        }
        return total;
    }
}
