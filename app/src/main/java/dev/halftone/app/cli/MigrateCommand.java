package dev.halftone.app.cli;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.wiring.Halftone;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Brings the database's schema up to date and ends; `serve` and `worker` do so themselves at their start.
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Brings the database's schema up to date and ends.")
public final class MigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (Halftone ignored =
                Halftone.forService(ConfigReader.read(Environment.read(System.getenv(), Map.of(), Path.of(""))))) {
            spec.commandLine().getOut().println("The schema is up to date.");
        }
        return 0;
    }
}
