package dev.halftone.domain.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.storage.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateGroupsTest {

    private static SeenItem item(int line, long look) {
        return new SeenItem(
                line, "p", 1, "https://a.example/" + line, new ObjectKey("a/" + line), 1, new PerceptualHash(look));
    }

    private static List<List<Long>> lines(List<List<SeenItem>> groups) {
        return groups.stream()
                .map(group -> group.stream().map(SeenItem::line).toList())
                .toList();
    }

    @Test
    void groupsWhatIsNearToItsFirst() {
        List<SeenItem> items = List.of(item(2, 0), item(3, -1L), item(4, 0b111), item(5, -1L << 2), item(6, 0xff00));

        assertThat(lines(DuplicateGroups.of(items, 3))).containsExactly(List.of(2L, 4L), List.of(3L, 5L));
        assertThat(lines(DuplicateGroups.of(items, 0))).isEmpty();
    }

    @Test
    void noChainOfSmallStepsJoinsWhatDiffers() {
        List<SeenItem> items = List.of(item(1, 0), item(2, 0b11), item(3, 0b1111), item(4, 0b111111));

        assertThat(lines(DuplicateGroups.of(items, 2))).containsExactly(List.of(1L, 2L), List.of(3L, 4L));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void findsWhatComparingAllWithAllFinds(int distance) {
        Random random = new Random(distance);
        List<SeenItem> items = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            long look = i > 0 && random.nextBoolean()
                    ? items.get(random.nextInt(i)).look().bits()
                    : random.nextLong();
            for (int flips = random.nextInt(9); flips > 0; flips--) {
                look ^= 1L << random.nextInt(64);
            }
            items.add(item(i, look));
        }

        assertThat(lines(DuplicateGroups.of(items, distance))).isEqualTo(lines(plainly(items, distance)));
    }

    private static List<List<SeenItem>> plainly(List<SeenItem> items, int distance) {
        List<List<SeenItem>> groups = new ArrayList<>();
        for (SeenItem item : items) {
            groups.stream()
                    .filter(group -> group.getFirst().look().distance(item.look()) <= distance)
                    .min(java.util.Comparator.comparingInt(
                            group -> group.getFirst().look().distance(item.look())))
                    .ifPresentOrElse(group -> group.add(item), () -> groups.add(new ArrayList<>(List.of(item))));
        }
        return groups.stream().filter(group -> group.size() > 1).toList();
    }
}
