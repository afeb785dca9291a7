package dev.halftone.adapters.imaging.jpeg.codec.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which of a decoder's four destinations for Huffman tables of one class holds which table, from scan to scan
/// (T.81 B.2.4.2). Tables of later scans are loaded early where there is room, so that they share a segment.
final class TableSlots {
    private static final int NONE = -1;

    private final List<List<Integer>> needs;
    private final int[] holds = {NONE, NONE, NONE, NONE};

    /// @param needs tables that each scan needs, at most four
    TableSlots(List<List<Integer>> needs) {
        this.needs = needs;
    }

    /// A table that goes into a slot.
    record Loaded(int slot, int table) {}

    boolean lacks(int scan) {
        return needs.get(scan).stream().anyMatch(table -> slot(table) == NONE);
    }

    /// The destination that holds a table, -1 when none does.
    int slot(int table) {
        for (int slot = 0; slot < holds.length; slot++) {
            if (holds[slot] == table) {
                return slot;
            }
        }
        return NONE;
    }

    /// Loads the tables that this scan needs, and those of the scans after it while slots are free.
    List<Loaded> load(int scan) {
        List<Loaded> loaded = new ArrayList<>();
        for (int ahead = scan; ahead < needs.size(); ahead++) {
            for (int table : needs.get(ahead)) {
                if (slot(table) != NONE) {
                    continue;
                }
                int slot = free(scan, needs.size());
                if (slot == NONE && ahead > scan) {
                    return loaded;
                }
                slot = slot == NONE ? free(scan, scan + 1) : slot;
                holds[slot] = table;
                loaded.add(new Loaded(slot, table));
            }
        }
        return loaded;
    }

    /// A slot whose table no scan from `from` to before `to` needs.
    private int free(int from, int to) {
        return Arrays.stream(new int[] {0, 1, 2, 3})
                .filter(slot -> needs.subList(from, to).stream().noneMatch(scan -> scan.contains(holds[slot])))
                .findFirst()
                .orElse(NONE);
    }
}
