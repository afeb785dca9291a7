package dev.halftone.app.bench.jpeg;

import dev.halftone.app.bench.jpeg.side.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What each side makes of each photo over a range of qualities, and how similar that is to the photo.
final class QualityRun {
    private final List<Side> sides;
    private final List<Photo> photos;
    private final int[] qualities;
    private final Map<Photo, Map<Side, List<Output>>> outputs = new HashMap<>();
    private final List<String> refusals = new ArrayList<>();

    /// One output.
    record Output(int quality, double bitsPerPixel, Map<Metric, Double> similarity) {}

    /// @param also a quality that is measured beside 30, 40 … 80, for the table of similarities, and is no part
    ///             of curves
    QualityRun(List<Side> sides, List<Photo> photos, int also) {
        this.sides = List.copyOf(sides);
        this.photos = List.copyOf(photos);
        this.qualities =
                IntStream.concat(curve(), IntStream.of(also)).distinct().toArray();
    }

    private static IntStream curve() {
        return IntStream.rangeClosed(3, 8).map(step -> 10 * step);
    }

    void run() {
        for (Photo photo : photos) {
            try {
                Pixels reference = Pixels.of(photo.bytes());
                for (Side side : sides) {
                    measure(photo, reference, side);
                }
            } catch (IOException | RuntimeException unreadable) {
                refusals.add(photo + " has no BD-rate: " + unreadable.getMessage());
            }
        }
    }

    private void measure(Photo photo, Pixels reference, Side side) {
        try {
            List<Output> made = new ArrayList<>();
            for (int quality : qualities) {
                byte[] file = side.encode(photo.file(), photo.bytes(), quality);
                Pixels distorted = Pixels.of(file);
                Map<Metric, Double> similarity = new EnumMap<>(Metric.class);
                for (Metric metric : Metric.values()) {
                    similarity.put(metric, metric.of(reference, distorted));
                }
                made.add(new Output(quality, file.length * 8.0 / (photo.megapixels() * 1e6), similarity));
            }
            outputs.computeIfAbsent(photo, any -> new HashMap<>()).put(side, made);
        } catch (IOException | RuntimeException refused) {
            refusals.add(side.name() + " has no BD-rate on " + photo + ": " + refused.getMessage());
        }
    }

    private List<Output> made(Photo photo, Side side) {
        return outputs.getOrDefault(photo, Map.of()).getOrDefault(side, List.of());
    }

    private List<RateDistortion.Point> curve(Photo photo, Side side, Metric metric) {
        List<Integer> wanted = curve().boxed().toList();
        return made(photo, side).stream()
                .filter(output -> wanted.contains(output.quality))
                .map(output ->
                        new RateDistortion.Point(output.bitsPerPixel, output.similarity.getOrDefault(metric, 0.0)))
                .toList();
    }

    /// In percent, ours over theirs; empty where either has no curve or they share no similarity.
    OptionalDouble bdRate(Photo photo, Side ours, Side theirs, Metric metric) {
        return RateDistortion.bdRate(curve(photo, ours, metric), curve(photo, theirs, metric));
    }

    Optional<Output> output(Photo photo, Side side, int quality) {
        return made(photo, side).stream()
                .filter(output -> output.quality == quality)
                .findFirst();
    }

    List<Photo> photos() {
        return photos;
    }

    List<String> refusals() {
        return refusals;
    }

    /// Every output of a photo on one line each, to be looked at when a rate surprises.
    Stream<String> details(Photo photo) {
        return sides.stream()
                .flatMap(side -> made(photo, side).stream()
                        .map(output -> photo + "\t" + side.name() + "\t" + output.quality + "\t"
                                + output.bitsPerPixel + "\t"
                                + Stream.of(Metric.values())
                                        .map(metric -> String.valueOf(output.similarity.get(metric)))
                                        .collect(Collectors.joining("\t"))));
    }
}
