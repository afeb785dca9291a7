package dev.halftone.app.cli;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.config.SettingsTable;
import dev.halftone.app.wiring.Workshop;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints every setting with its value and where it was set, and the engines and optional parts with what they
/// can do.
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description =
                "Prints every setting with its value and origin, secrets masked, and the image engines and optional parts.")
public final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Environment environment = Environment.read(System.getenv(), Map.of(), Path.of(""));
        PrintWriter out = spec.commandLine().getOut();
        SettingsTable.lines(environment).forEach(out::println);
        out.flush();
        HalftoneConfig config = ConfigReader.read(environment);
        out.println();
        out.println("Image engines, in the order in which they are asked:");
        Workshop.engines(config).forEach(out::println);
        out.println();
        out.println("Optional parts:");
        Workshop.optionalParts(config).forEach(out::println);
        out.flush();
        return 0;
    }
}
