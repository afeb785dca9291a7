package dev.halftone.domain.duplicate;

import dev.halftone.domain.image.PerceptualHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts items that look alike together: each joins the nearest of the groups begun before it that is near
/// enough, so a group is what is near to its first, and no chain of small steps joins two pictures that differ.
/// Hashes that differ in at most `d` bits are equal in one of `d + 1` bands of bits, so only those with a band
/// in common are compared.
public final class DuplicateGroups {
    /// Beyond, bands are so narrow that nearly all would be compared with all.
    public static final int FARTHEST = 6;

    private final int distance;
    private final Map<Long, List<Integer>> byBand = new HashMap<>();
    private final List<List<SeenItem>> groups = new ArrayList<>();

    private DuplicateGroups(int distance) {
        this.distance = distance;
    }

    /// @param distance how many bits may differ from the group's first, 0 to [#FARTHEST]
    /// @return groups of two and more, in the order of their first items
    public static List<List<SeenItem>> of(List<SeenItem> items, int distance) {
        if (distance < 0 || distance > FARTHEST) {
            throw new IllegalArgumentException("distance is 0 to " + FARTHEST + ", not " + distance);
        }
        DuplicateGroups grouping = new DuplicateGroups(distance);
        items.forEach(grouping::place);
        return grouping.groups.stream().filter(group -> group.size() > 1).toList();
    }

    private void place(SeenItem item) {
        long[] bands = bands(item.look());
        int nearest = -1;
        int least = distance + 1;
        for (long band : bands) {
            for (int group : byBand.getOrDefault(band, List.of())) {
                int apart = groups.get(group).getFirst().look().distance(item.look());
                if (apart < least || apart == least && group < nearest) {
                    least = apart;
                    nearest = group;
                }
            }
        }
        if (nearest >= 0) {
            groups.get(nearest).add(item);
            return;
        }
        int added = groups.size();
        groups.add(new ArrayList<>(List.of(item)));
        Arrays.stream(bands)
                .forEach(band ->
                        byBand.computeIfAbsent(band, key -> new ArrayList<>()).add(added));
    }

    /// Each band's bits with its number above them.
    private long[] bands(PerceptualHash look) {
        int count = distance + 1;
        long[] bands = new long[count];
        for (int i = 0; i < count; i++) {
            int from = 64 * i / count;
            int width = 64 * (i + 1) / count - from;
            long bits = width == 64 ? look.bits() : look.bits() >>> from & (1L << width) - 1;
            bands[i] = width == 64 ? bits : (long) i << 56 | bits;
        }
        return bands;
    }
}
