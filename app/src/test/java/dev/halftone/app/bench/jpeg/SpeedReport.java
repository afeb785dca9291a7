package dev.halftone.app.bench.jpeg;

import dev.halftone.app.bench.jpeg.side.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The figures of a [SpeedRun] as Markdown: by class, then the files on which we lose.
final class SpeedReport {
    private final SpeedRun run;
    private final Side ours;
    private final List<Side> others;
    private final Side floor;

    /// @param floor the same codec requantising nothing
    SpeedReport(SpeedRun run, Side ours, List<Side> others, Side floor) {
        this.run = run;
        this.ours = ours;
        this.others = List.copyOf(others);
        this.floor = floor;
    }

    String markdown(List<PhotoClass> classes) {
        StringBuilder text = new StringBuilder();
        table(text, classes);
        losses(text);
        run.refusals().forEach(refusal -> text.append("- ").append(refusal).append('\n'));
        Stream.concat(Stream.of(ours), others.stream())
                .map(Side::remark)
                .flatMap(Optional::stream)
                .forEach(remark -> text.append("- ").append(remark).append('\n'));
        return text.toString();
    }

    private void table(StringBuilder text, List<PhotoClass> classes) {
        text.append("| class | files | MP | in: bits/px | ")
                .append(ours.name())
                .append(" ms/file | MP/s | lossless ms/file | over the floor |");
        for (Side other : others) {
            text.append(" speed over ").append(cell(other)).append(" (least to most) | bytes |");
        }
        text.append("\n|---|").append("---:|".repeat(7 + 2 * others.size())).append('\n');
        for (PhotoClass photoClass : classes) {
            List<Photo> photos = run.photos().stream()
                    .filter(photo ->
                            photoClass.holds(photo) && run.figure(ours, photo).isPresent())
                    .toList();
            if (!photos.isEmpty()) {
                text.append(row(photoClass, photos)).append('\n');
            }
        }
    }

    private String row(PhotoClass photoClass, List<Photo> photos) {
        double pixels = photos.stream().mapToDouble(Photo::megapixels).sum();
        double bits = photos.stream().mapToDouble(photo -> photo.bytes().length).sum() * 8 / (pixels * 1e6);
        double own = nanos(ours, photos);
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.2f | %.2f | %.0f | %.2f | %.2f |",
                photoClass.title(),
                photos.size(),
                pixels,
                bits,
                own / 1e6 / photos.size(),
                pixels / (own / 1e9),
                nanos(floor, photos) / 1e6 / photos.size(),
                own / nanos(floor, photos)));
        for (Side other : others) {
            row.append(against(other, photos));
        }
        return row.toString();
    }

    /// The ratio of the sums, its range over files, and the bytes of ours over theirs.
    private String against(Side other, List<Photo> photos) {
        List<Photo> both = photos.stream()
                .filter(photo -> run.figure(other, photo).isPresent())
                .toList();
        if (both.isEmpty()) {
            return " | |";
        }
        double least =
                both.stream().mapToDouble(photo -> speed(other, photo)).min().orElseThrow();
        double most =
                both.stream().mapToDouble(photo -> speed(other, photo)).max().orElseThrow();
        return String.format(
                Locale.ROOT,
                " **%.1f×** (%.1f–%.1f)%s | %.3f |",
                nanos(other, both) / nanos(ours, both),
                least,
                most,
                both.size() < photos.size() ? ", " + both.size() + " files" : "",
                bytes(ours, both) / bytes(other, both));
    }

    private void losses(StringBuilder text) {
        for (Side other : others) {
            List<Photo> both = run.photos().stream()
                    .filter(photo -> run.figure(ours, photo).isPresent()
                            && run.figure(other, photo).isPresent())
                    .toList();
            List<String> lost = new ArrayList<>();
            both.stream()
                    .filter(photo -> share(other, photo) > 1 || speed(other, photo) < 1)
                    .sorted(Comparator.comparingDouble((Photo photo) -> -share(other, photo)))
                    .forEach(photo -> lost.add(String.format(
                            Locale.ROOT,
                            "%s: %.3f at %.1f× (%s)",
                            photo,
                            share(other, photo),
                            speed(other, photo),
                            photo.described())));
            text.append("\nBigger or slower than ")
                    .append(other.name())
                    .append(": ")
                    .append(lost.size())
                    .append(" of ")
                    .append(both.size())
                    .append(lost.isEmpty() ? ".\n" : " (bytes over theirs at what speed):\n");
            lost.forEach(line -> text.append("- ").append(line).append('\n'));
        }
    }

    private double speed(Side other, Photo photo) {
        return nanos(other, List.of(photo)) / nanos(ours, List.of(photo));
    }

    private double share(Side other, Photo photo) {
        return bytes(ours, List.of(photo)) / bytes(other, List.of(photo));
    }

    private double nanos(Side side, List<Photo> photos) {
        return photos.stream()
                .map(photo -> run.figure(side, photo))
                .flatMap(Optional::stream)
                .mapToDouble(SpeedRun.Figure::nanos)
                .sum();
    }

    private double bytes(Side side, List<Photo> photos) {
        return photos.stream()
                .map(photo -> run.figure(side, photo))
                .flatMap(Optional::stream)
                .mapToDouble(SpeedRun.Figure::bytes)
                .sum();
    }

    private static String cell(Side side) {
        return side.name().replace("|", "\\|");
    }
}
