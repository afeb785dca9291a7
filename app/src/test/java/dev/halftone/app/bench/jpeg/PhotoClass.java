package dev.halftone.app.bench.jpeg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// What the figures are given for. Two axes, on each of which a file falls in exactly one class: its kind
/// (progressive whatever its sampling; else by sampling, 4:2:0 also by size), and its source quality. Then two
/// sums.
enum PhotoClass {
    WEB_420("web-420", "web-size 4:2:0", photo -> is(photo, "2x2,1x1,1x1") && isWebSize(photo)),
    LARGE_420("large-420", "large 4:2:0", photo -> is(photo, "2x2,1x1,1x1") && !isWebSize(photo)),
    S422("422", "4:2:2", photo -> is(photo, "2x1,1x1,1x1")),
    S444("444", "4:4:4", photo -> is(photo, "1x1,1x1,1x1")),
    PROGRESSIVE("progressive", "progressive", Photo::progressive),
    OTHER("other", "other baseline", photo -> !photo.progressive() && !isUsual(photo)),
    BELOW_95("below-q95", "source q < 95", photo -> photo.quality() < 95),
    FROM_95("q95", "source q ≥ 95", photo -> photo.quality() >= 95),
    BASELINE("baseline", "all baseline", photo -> !photo.progressive()),
    ALL("all", "all", photo -> true);

    private static final int WEB_SIDE = 1600;

    private final String word;
    private final String title;
    private final Predicate<Photo> rule;

    PhotoClass(String word, String title, Predicate<Photo> rule) {
        this.word = word;
        this.title = title;
        this.rule = rule;
    }

    String title() {
        return title;
    }

    boolean holds(Photo photo) {
        return rule.test(photo);
    }

    /// Some classes by their words on the command line; all where none is named.
    static List<PhotoClass> named(List<String> words) {
        if (words.isEmpty()) {
            return List.of(values());
        }
        List<PhotoClass> named = new ArrayList<>();
        for (String word : words) {
            named.add(Arrays.stream(values())
                    .filter(known -> known.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--classes knows "
                            + String.join(
                                    ", ",
                                    Arrays.stream(values())
                                            .map(known -> known.word)
                                            .toList())
                            + "; found " + word)));
        }
        return named;
    }

    private static boolean is(Photo photo, String sampling) {
        return !photo.progressive() && photo.sampling().equals(sampling);
    }

    private static boolean isUsual(Photo photo) {
        return List.of("2x2,1x1,1x1", "2x1,1x1,1x1", "1x1,1x1,1x1").contains(photo.sampling());
    }

    private static boolean isWebSize(Photo photo) {
        return Math.max(photo.width(), photo.height()) <= WEB_SIDE;
    }
}
