package dev.halftone.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.engine.TurnOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnQueueTest {
    private final TurnQueue<String> queue = new TurnQueue<>();

    private record Owner(String name, int weight) implements TurnOwner {}

    private final Owner a = new Owner("a", 5);
    private final Owner b = new Owner("b", 5);
    private final Owner heavy = new Owner("heavy", 10);
    private final Owner light = new Owner("light", 1);

    private void add(Owner owner, int times) {
        for (int i = 0; i < times; i++) {
            queue.add(owner, owner.name() + i);
        }
    }

    private List<String> taken(int times) {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            queue.poll().ifPresent(taken::add);
        }
        return taken;
    }

    private static long of(Owner owner, List<String> taken) {
        return taken.stream().filter(each -> each.startsWith(owner.name())).count();
    }

    @Test
    void goesRoundOverEqualOwners() {
        add(a, 4);
        add(b, 2);

        assertThat(taken(9)).containsExactly("a0", "b0", "a1", "b1", "a2", "a3");
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void givesTurnsInProportionToTheWeights() {
        add(a, 1_000);
        add(heavy, 1_000);
        add(light, 1_000);

        List<String> taken = taken(320);

        assertThat(of(heavy, taken)).isBetween(199L, 201L);
        assertThat(of(a, taken)).isBetween(99L, 101L);
        assertThat(of(light, taken)).isBetween(19L, 21L);
    }

    @Test
    void reachesTheLightestOwnerHoweverManyComeAfterIt() {
        add(light, 1);
        int turns = 0;
        Optional<String> next;
        do {
            add(heavy, 1);
            next = queue.poll();
            turns++;
        } while (!next.equals(Optional.of("light0")));

        assertThat(turns).isLessThanOrEqualTo(11);
    }

    @Test
    void savesNothingUpForWhoWasAway() {
        add(a, 100);
        taken(50);
        add(b, 50);

        assertThat(of(b, taken(20))).isBetween(9L, 11L);
    }

    @Test
    void keepsWhoIsNextWhoeverComesMeanwhile() {
        add(light, 1);
        assertThat(queue.peek()).contains("light0");
        add(heavy, 3);

        assertThat(queue.poll()).contains("light0");
        assertThat(queue.poll()).contains("heavy0");
    }

    @Test
    void letsAnyoneLeave() {
        add(a, 2);
        add(b, 1);
        assertThat(queue.peek()).contains("a0");

        assertThat(queue.remove(a, "a0")).isTrue();
        assertThat(queue.remove(a, "a0")).isFalse();
        assertThat(queue.peek()).contains("a1");
        assertThat(queue.remove(a, "a1")).isTrue();
        assertThat(queue.remove(light, "none")).isFalse();

        assertThat(taken(3)).containsExactly("b0");
    }

    @Test
    void losesAndRepeatsNothing() {
        Random random = new Random(12);
        List<String> added = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        List<Owner> owners = List.of(a, b, heavy, light);
        for (int i = 0; i < 20_000; i++) {
            Owner owner = owners.get(random.nextInt(owners.size()));
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    queue.add(owner, owner.name() + i);
                    added.add(owner.name() + i);
                }
                case 2 -> queue.poll().ifPresent(seen::add);
                default -> {
                    Optional<String> next = queue.peek();
                    if (random.nextInt(4) == 0
                            && next.isPresent()
                            && owners.stream().anyMatch(each -> queue.remove(each, next.get()))) {
                        seen.add(next.get());
                    }
                }
            }
        }
        for (Optional<String> left = queue.poll(); left.isPresent(); left = queue.poll()) {
            seen.add(left.get());
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(added);
    }
}
