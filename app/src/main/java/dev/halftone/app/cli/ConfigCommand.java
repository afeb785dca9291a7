package dev.halftone.app.cli;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.SettingsTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints every setting with its value and where it was set.
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Prints every setting with its value and origin; secrets are masked.")
public final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Environment environment = Environment.read(System.getenv(), Map.of(), Path.of(""));
        SettingsTable.lines(environment).forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        ConfigReader.read(environment);
        return 0;
    }
}
