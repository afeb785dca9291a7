package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemState;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Results that the database refuses for a reason of their own: they are written beside others, and take none
/// of these with them.
class RefusedResultsTest {
    private static final int ITEMS = 300;

    @Test
    void aResultThatIsRefusedStopsNoOtherAndFailsItsItem() throws Exception {
        try (Plant plant = new Plant()) {
            refuse(plant, "before update on item", "new.state = 'completed' and new.ordinal = 7");
            BatchId id = plant.submit(ITEMS);
            // Its third attempt.
            plant.database.transaction(handle -> handle.execute("update item set fence = 2 where ordinal = 7"));
            plant.node((item, recipe) -> Plant.delivered(item));

            Batch batch = plant.awaitEnd(id);

            assertThat(batch.progress().completed()).isEqualTo(ITEMS - 1);
            List<ItemView> items = plant.batches.items(Owner.LOCAL, id, ItemFilter.first(ITEMS));
            assertThat(items).hasSize(ITEMS).extracting(ItemView::attempts).containsOnly(1);
            assertThat(items)
                    .filteredOn(item -> item.state() == ItemState.FAILED)
                    .singleElement()
                    .satisfies(item -> assertThat(item.code()).contains(FailureCode.INTERNAL));
            Verifying.rows(plant.database, id);
        }
    }

    @Test
    void anEndThatIsRefusedTakesNoResultWithIt() throws Exception {
        try (Plant plant = new Plant()) {
            BatchId id = plant.submit(ITEMS);
            String first =
                    plant.database.read(handle -> handle.createQuery("select min(task_instance) from slice_queue")
                            .mapTo(String.class)
                            .one());
            refuse(plant, "before delete on slice_queue", "old.task_instance = '" + first + "'");
            plant.node((item, recipe) -> Plant.delivered(item));

            Batch batch = plant.awaitEnd(id);

            assertThat(batch.progress().completed()).isEqualTo(ITEMS);
            assertThat(plant.batches.items(Owner.LOCAL, id, ItemFilter.first(ITEMS)))
                    .hasSize(ITEMS)
                    .extracting(ItemView::attempts)
                    .containsOnly(1);
        }
    }

    private static void refuse(Plant plant, String when, String what) {
        plant.database.transaction(handle -> {
            handle.execute("""
                    create function refuse() returns trigger language plpgsql as $$
                    begin raise check_violation using message = 'as the test wants it'; end $$
                    """);
            return handle.execute(
                    "create trigger refused " + when + " for each row when (" + what + ") execute function refuse()");
        });
    }
}
