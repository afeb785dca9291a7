package dev.halftone.app.bench.jpeg;

import dev.halftone.app.bench.jpeg.side.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The figures of a [QualityRun] as Markdown: similarity at the asked quality, BD-rates by class, then the
/// files on which we spend more.
final class QualityReport {
    private final QualityRun run;
    private final Side ours;
    private final List<Side> others;
    private final int quality;

    QualityReport(QualityRun run, Side ours, List<Side> others, int quality) {
        this.run = run;
        this.ours = ours;
        this.others = List.copyOf(others);
        this.quality = quality;
    }

    String markdown(List<PhotoClass> classes) {
        StringBuilder text = new StringBuilder();
        for (Side other : others) {
            rates(text, other, classes);
        }
        similarities(text, classes);
        for (Side other : others) {
            losses(text, other);
        }
        run.refusals().forEach(refusal -> text.append("- ").append(refusal).append('\n'));
        return text.toString();
    }

    private void rates(StringBuilder text, Side other, List<PhotoClass> classes) {
        text.append("BD-rate of ")
                .append(ours.name())
                .append(" against ")
                .append(other.name())
                .append(", means over the files (least to most); below zero is fewer bytes at equal similarity:\n\n")
                .append("| class | files |");
        for (Metric metric : Metric.values()) {
            text.append(' ').append(metric.title()).append(" |");
        }
        text.append("\n|---|---:|")
                .append("---:|".repeat(Metric.values().length))
                .append('\n');
        for (PhotoClass photoClass : classes) {
            List<Photo> photos = in(photoClass);
            if (!photos.isEmpty()) {
                text.append("| ")
                        .append(photoClass.title())
                        .append(" | ")
                        .append(photos.size())
                        .append(" |");
                for (Metric metric : Metric.values()) {
                    text.append(cell(rates(photos, other, metric), photos.size()));
                }
                text.append('\n');
            }
        }
        text.append('\n');
    }

    private List<Double> rates(List<Photo> photos, Side other, Metric metric) {
        List<Double> rates = new ArrayList<>();
        for (Photo photo : photos) {
            run.bdRate(photo, ours, other, metric).ifPresent(rates::add);
        }
        return rates;
    }

    private static String cell(List<Double> rates, int files) {
        if (rates.isEmpty()) {
            return " |";
        }
        return String.format(
                Locale.ROOT,
                " **%+.1f %%** (%+.1f to %+.1f)%s |",
                mean(rates),
                rates.stream().min(Double::compare).orElseThrow(),
                rates.stream().max(Double::compare).orElseThrow(),
                rates.size() < files ? ", " + rates.size() + " files" : "");
    }

    private void similarities(StringBuilder text, List<PhotoClass> classes) {
        List<Side> all = new ArrayList<>(List.of(ours));
        all.addAll(others);
        text.append("Means at quality ").append(quality).append(":\n\n| class | | bits/px |");
        for (Metric metric : Metric.values()) {
            text.append(' ').append(metric.title()).append(" |");
        }
        text.append("\n|---|---|---:|")
                .append("---:|".repeat(Metric.values().length))
                .append('\n');
        for (PhotoClass photoClass : classes) {
            List<Photo> photos = in(photoClass).stream()
                    .filter(photo -> all.stream()
                            .allMatch(side -> run.output(photo, side, quality).isPresent()))
                    .toList();
            for (Side side : photos.isEmpty() ? List.<Side>of() : all) {
                text.append("| ")
                        .append(photoClass.title())
                        .append(" | ")
                        .append(side.name().replace("|", "\\|"));
                text.append(means(photos, side)).append('\n');
            }
        }
    }

    private String means(List<Photo> photos, Side side) {
        List<QualityRun.Output> outputs = photos.stream()
                .map(photo -> run.output(photo, side, quality))
                .flatMap(Optional::stream)
                .toList();
        StringBuilder cells = new StringBuilder(String.format(
                Locale.ROOT,
                " | %.3f |",
                mean(outputs.stream().map(QualityRun.Output::bitsPerPixel).toList())));
        for (Metric metric : Metric.values()) {
            double mean = mean(outputs.stream()
                    .map(output -> output.similarity().getOrDefault(metric, 0.0))
                    .toList());
            cells.append(String.format(Locale.ROOT, " %." + metric.digits() + "f |", mean));
        }
        return cells.toString();
    }

    private void losses(StringBuilder text, Side other) {
        Map<String, String> lost = new TreeMap<>();
        for (Photo photo : run.photos()) {
            List<String> worse = new ArrayList<>();
            for (Metric metric : Metric.values()) {
                run.bdRate(photo, ours, other, metric)
                        .ifPresent(rate -> worse.addAll(
                                rate > 0
                                        ? List.of(String.format(Locale.ROOT, "%s %+.1f %%", metric.title(), rate))
                                        : List.of()));
            }
            if (!worse.isEmpty()) {
                lost.put(photo.name(), String.join(", ", worse) + " (" + photo.described() + ")");
            }
        }
        text.append("\nMore bytes than ")
                .append(other.name())
                .append(" at equal similarity: ")
                .append(lost.size())
                .append(" of ")
                .append(run.photos().size())
                .append(lost.isEmpty() ? ".\n" : ":\n");
        lost.forEach((name, rates) ->
                text.append("- ").append(name).append(": ").append(rates).append('\n'));
    }

    private List<Photo> in(PhotoClass photoClass) {
        return run.photos().stream()
                .filter(photo -> photoClass.holds(photo)
                        && run.output(photo, ours, quality).isPresent())
                .toList();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
