package dev.halftone.app.bench.jpeg;

import dev.halftone.app.bench.jpeg.side.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Times every side on every photo, interleaved: in each round, for each photo, each side once. A photo's
/// figure is the median of its rounds.
final class SpeedRun {
    private static final int WARM_UP_PASSES = 3;
    private static final long WARM_UP_NANOS = 8_000_000_000L;

    private final List<Side> sides;
    private final List<Photo> photos;
    private final int quality;
    private final Map<Side, Map<Photo, Figure>> figures = new HashMap<>();
    private final List<String> refusals = new ArrayList<>();

    /// @param nanos median CPU time
    /// @param bytes of the output
    record Figure(long nanos, long bytes) {}

    SpeedRun(List<Side> sides, List<Photo> photos, int quality) {
        this.sides = List.copyOf(sides);
        this.photos = List.copyOf(photos);
        this.quality = quality;
    }

    void run(int rounds) throws IOException {
        List<Timing> timings = new ArrayList<>();
        for (Side side : sides) {
            Timing timing = new Timing(side, new HashMap<>());
            warmUp(side, timing.times, rounds);
            side.warmedUp();
            timings.add(timing);
        }
        for (int round = 0; round < rounds; round++) {
            for (Photo photo : photos) {
                for (Timing timing : timings) {
                    timing.once(photo, round);
                }
            }
        }
    }

    /// The times of one side so far.
    private final class Timing {
        private final Side side;
        private final Map<Photo, long[]> times;

        Timing(Side side, Map<Photo, long[]> times) {
            this.side = side;
            this.times = times;
        }

        void once(Photo photo, int round) throws IOException {
            long[] taken = times.get(photo);
            if (taken != null) {
                Side.Cost cost = side.time(photo.file(), photo.bytes(), quality);
                taken[round] = cost.cpuNanos();
                figures.computeIfAbsent(side, any -> new HashMap<>())
                        .put(photo, new Figure(median(taken, round + 1), cost.bytes()));
            }
        }
    }

    /// The first pass finds out what a side cannot take; the rest lets compilers and caches settle.
    private void warmUp(Side side, Map<Photo, long[]> times, int rounds) {
        long start = System.nanoTime();
        for (int pass = 0; pass < WARM_UP_PASSES || pass < 200 && spent(start) < WARM_UP_NANOS; pass++) {
            for (Photo photo : photos) {
                if (pass > 0 && (!times.containsKey(photo) || spent(start) > 2 * WARM_UP_NANOS)) {
                    continue;
                }
                try {
                    side.time(photo.file(), photo.bytes(), quality);
                    times.putIfAbsent(photo, new long[rounds]);
                } catch (IOException | RuntimeException refused) {
                    refusals.add(side.name() + " did not take " + photo + ": " + refused.getMessage());
                }
            }
        }
    }

    private static long spent(long start) {
        return System.nanoTime() - start;
    }

    private static long median(long[] times, int count) {
        long[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }

    int quality() {
        return quality;
    }

    List<Photo> photos() {
        return photos;
    }

    /// Empty where the side did not take the photo.
    Optional<Figure> figure(Side side, Photo photo) {
        return Optional.ofNullable(figures.getOrDefault(side, Map.of()).get(photo));
    }

    List<String> refusals() {
        return refusals;
    }
}
