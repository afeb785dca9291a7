package dev.halftone.app.cli;

import dev.halftone.adapters.http.json.Json;
import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.wiring.Upkeep;
import dev.halftone.domain.audit.Finding;
import dev.halftone.domain.audit.StockReport;
import dev.halftone.domain.audit.VerifyStock;
import dev.halftone.domain.batch.BatchId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Checks that nothing was lost, beside a service or without one. The exit status is 0 when all is well, 1 when
/// something was found, 2 when it could not be checked.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that nothing was lost: items, counters, objects and their hashes, events, output CSVs.",
            "Changes nothing and may run beside the service. Exit status: 0 all is well, 1 findings, 2 not checked."
        })
public final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--batch", paramLabel = "ID", description = "Check this batch alone.")
    private Optional<String> batch = Optional.empty();

    @Option(
            names = "--settled",
            description = "Nothing may be running: what has not ended, and an object however young without a row, is a"
                    + " finding.")
    private boolean settled;

    @Option(names = "--no-content", description = "Look whether objects are there, without reading them.")
    private boolean noContent;

    @Option(names = "--json", description = "Print one JSON object, for machines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        VerifyStock.Scope scope = new VerifyStock.Scope(batch.map(VerifyCommand::id), settled, !noContent);
        try (Upkeep upkeep = Upkeep.of(ConfigReader.read(Environment.read(System.getenv(), Map.of(), Path.of(""))))) {
            if (scope.batch().isPresent() && !upkeep.knows(scope.batch().get())) {
                throw new CommandRefused("there is no batch " + scope.batch().get() + ", or it was deleted.");
            }
            StockReport report = upkeep.verify(scope);
            print(report);
            return report.isClean() ? 0 : 1;
        }
    }

    private static BatchId id(String text) {
        return BatchId.parse(text)
                .orElseThrow(() -> new CommandRefused("--batch is a requestId of 26 characters, not \"" + text + '"'));
    }

    private void print(StockReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(ReportJson.of(report)));
        } else {
            lines(report).forEach(out::println);
        }
        out.flush();
    }

    private static List<String> lines(StockReport report) {
        List<String> lines = new java.util.ArrayList<>();
        report.findings().stream()
                .collect(Collectors.groupingBy(Finding::check, java.util.TreeMap::new, Collectors.toList()))
                .forEach((check, findings) -> {
                    lines.add(check.wire() + ": " + check.rule());
                    findings.forEach(finding -> lines.add("  " + finding.where() + ": " + finding.what()));
                    lines.add("  What to do: " + check.advice());
                    lines.add("");
                });
        if (report.found() > report.findings().size()) {
            lines.add("Listed are the first " + report.findings().size() + ".");
        }
        lines.addAll(report.notes());
        lines.add("Checked: "
                + report.checked().entrySet().stream()
                        .map(entry -> entry.getKey().equals("bytes")
                                ? Bytes.text(entry.getValue()) + " read"
                                : String.format("%,d %s", entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", "))
                + ".");
        lines.add(
                report.isClean()
                        ? "All is well."
                        : report.found() + (report.found() == 1 ? " finding." : " findings."));
        return lines;
    }

    /// The report for machines.
    private record ReportJson(
            boolean clean, Map<String, Long> checked, long found, List<FindingJson> findings, List<String> notes) {

        static ReportJson of(StockReport report) {
            return new ReportJson(
                    report.isClean(),
                    report.checked(),
                    report.found(),
                    report.findings().stream().map(FindingJson::of).toList(),
                    report.notes());
        }
    }

    private record FindingJson(String check, String where, String what, String advice) {

        static FindingJson of(Finding finding) {
            return new FindingJson(
                    finding.check().wire(),
                    finding.where(),
                    finding.what(),
                    finding.check().advice());
        }
    }
}
