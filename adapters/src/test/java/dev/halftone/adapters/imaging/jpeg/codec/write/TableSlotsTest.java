package dev.halftone.adapters.imaging.jpeg.codec.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableSlotsTest {
    @Test
    void everyScanFindsItsTablesWhateverCameBefore() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<List<Integer>> needs = new ArrayList<>();
            for (int scan = 0; scan < 12; scan++) {
                needs.add(
                        random.ints(random.nextInt(5), 0, 7).distinct().boxed().toList());
            }
            TableSlots slots = new TableSlots(needs);
            Map<Integer, Integer> decoder = new HashMap<>();
            for (int scan = 0; scan < needs.size(); scan++) {
                if (slots.lacks(scan)) {
                    slots.load(scan).forEach(one -> decoder.put(one.slot(), one.table()));
                }
                for (int table : needs.get(scan)) {
                    assertThat(decoder.get(slots.slot(table)))
                            .as(needs + " at " + scan)
                            .isEqualTo(table);
                }
            }
            assertThat(decoder.keySet()).allMatch(slot -> slot >= 0 && slot <= 3);
        }
    }

    @Test
    void loadsTablesOfLaterScansWhileThereIsRoom() {
        TableSlots slots = new TableSlots(List.of(List.of(0), List.of(1), List.of(2), List.of(3), List.of(4)));
        assertThat(slots.load(0)).hasSize(4);
        assertThat(slots.lacks(3)).isFalse();
        assertThat(slots.load(4)).containsExactly(new TableSlots.Loaded(0, 4));
    }
}
