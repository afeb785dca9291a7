package dev.halftone.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestReader;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.ManifestWriter;
import dev.halftone.domain.manifest.OutputRow;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.manifest.RowSink;
import dev.halftone.domain.source.SourceUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The simplest CSV: a header, then `number,name,url url` without any quoting.
final class LineManifest implements ManifestReader, ManifestWriter {

    @Override
    public ManifestSummary read(InputStream csv, ManifestLimits limits, RowSink sink) throws IOException {
        List<String> lines =
                new BufferedReader(new InputStreamReader(csv, UTF_8)).lines().toList();
        if (lines.isEmpty()) {
            throw new ManifestRefused(ManifestRefused.Reason.EMPTY, "The file is empty.");
        }
        if (lines.getFirst().contains(";")) {
            sink.assumption(new Assumption(1, "delimiter", "The delimiter is ;"));
        }
        long images = 0;
        long bad = 0;
        for (int index = 0; index < lines.size() - 1; index++) {
            String[] cells = lines.get(index + 1).split("[,;]", 3);
            int line = index + 2;
            if (lines.get(index + 1).contains("\"")) {
                throw new ManifestRefused(
                        ManifestRefused.Reason.UNCLOSED_QUOTE, line, "Line " + line + ": a quote is never closed.");
            }
            List<SourceUrl> urls = urls(cells.length > 2 ? cells[2] : "");
            if (urls.isEmpty()) {
                bad++;
                sink.problem(new RowProblem(
                        index,
                        line,
                        Optional.of("Input Image Urls"),
                        RowProblem.Code.INVALID_URL,
                        "not an absolute http:// or https:// address"));
            } else {
                images += urls.size();
                sink.row(new Row(index, line, cells[0], cells[1], false, urls));
            }
        }
        return new ManifestSummary(lines.size() - 1L, lines.size() - 1L - bad, images, bad);
    }

    private static List<SourceUrl> urls(String cell) {
        List<SourceUrl> urls = new ArrayList<>();
        for (String written : cell.split(" ")) {
            if (SourceUrl.parse(written) instanceof SourceUrl.Parsed.Valid valid) {
                urls.add(valid.url());
            }
        }
        return urls;
    }

    @Override
    public void write(InputStream upload, RowResults results, OutputStyle style, OutputStream out) throws IOException {
        List<String> lines =
                new BufferedReader(new InputStreamReader(upload, UTF_8)).lines().toList();
        put(out, lines.getFirst() + ",Output Image Urls" + (style.details() ? ",Status" : "") + "\r\n");
        for (int index = 0; index < lines.size() - 1; index++) {
            List<OutputRow.Cell> cells = results.row(index).cells();
            String urls = String.join(
                    " ", cells.stream().map(cell -> cell.url().orElse("")).toList());
            String states =
                    String.join(" ", cells.stream().map(OutputRow.Cell::status).toList());
            String guard = style.raw() ? "" : "'";
            put(out, guard + lines.get(index + 1) + "," + urls + (style.details() ? "," + states : "") + "\r\n");
        }
        out.flush();
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }
}
