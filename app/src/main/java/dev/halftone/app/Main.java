package dev.halftone.app;

import dev.halftone.app.cli.CompressCommand;
import dev.halftone.app.cli.ConfigCommand;
import dev.halftone.app.cli.FriendlyErrors;
import dev.halftone.app.cli.KeysCommand;
import dev.halftone.app.cli.MigrateCommand;
import dev.halftone.app.cli.PurgeCommand;
import dev.halftone.app.cli.ServeCommand;
import dev.halftone.app.cli.SignCommand;
import dev.halftone.app.cli.VerifyCommand;
import dev.halftone.app.cli.WorkerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program: picks the command and turns what goes wrong into one line for a person.
@Command(
        name = "halftone",
        description = {"Compresses the images of a product CSV and hands the CSV back, whole.", ""},
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "The launcher adds: test (runs the tests) and bench (runs the benchmarks).",
            "Try: ./halftone compress samples/products.csv"
        },
        subcommands = {
            CompressCommand.class,
            ServeCommand.class,
            WorkerCommand.class,
            ConfigCommand.class,
            MigrateCommand.class,
            SignCommand.class,
            VerifyCommand.class,
            KeysCommand.class,
            PurgeCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    /// The exit status of a command that was refused: bad arguments, bad settings, an unusable file.
    public static final int REFUSED = 2;

    private Main() {}

    public static void main(String[] arguments) {
        // Before the first logger is made: a progress line and a log do not share a terminal.
        if (arguments.length > 0 && !arguments[0].equals("serve") && !arguments[0].equals("worker")) {
            System.setProperty("halftone.log.level", "WARN");
        }
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(new FriendlyErrors())
                .setUsageHelpAutoWidth(true);
    }
}
