package dev.halftone.app.cli;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Durations;
import dev.halftone.app.config.Environment;
import dev.halftone.app.wiring.Upkeep;
import dev.halftone.domain.batch.PurgeOld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Deletes batches that ended long ago, with a count.
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes batches that ended long ago, with their uploads and outputs, and says how many.",
            "May run beside the service; what runs is never purged."
        })
public final class PurgeCommand implements Callable<Integer> {
    @Option(
            names = "--older-than",
            required = true,
            paramLabel = "TIME",
            description = "How long ago they ended, at least: such as 30d, 12h or 45m.")
    private String olderThan = "";

    @Option(names = "--dry-run", description = "Only say how many there are.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Duration age = Durations.parse(olderThan)
                .filter(Duration::isPositive)
                .orElseThrow(() ->
                        new CommandRefused("--older-than is a time such as 30d, 12h or 45m, not \"" + olderThan + '"'));
        try (Upkeep upkeep = Upkeep.of(ConfigReader.read(Environment.read(System.getenv(), Map.of(), Path.of(""))))) {
            PurgeOld.Purged purged = dryRun ? upkeep.wouldGo(age) : upkeep.purge(age);
            spec.commandLine().getOut().println(line(purged));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private String line(PurgeOld.Purged purged) {
        return "%,d batches that ended more than %s ago%s, with %,d objects.%s"
                .formatted(
                        purged.batches(),
                        olderThan,
                        dryRun ? " would be purged" : " are purged",
                        purged.objects(),
                        purged.deleting() == 0
                                ? ""
                                : " %,d of them are still read; their objects go when that has ended."
                                        .formatted(purged.deleting()));
    }
}
