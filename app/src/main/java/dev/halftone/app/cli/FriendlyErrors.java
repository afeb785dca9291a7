package dev.halftone.app.cli;

import dev.halftone.app.config.ConfigRefused;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/// Turns what a command threw into lines for a person and exit status 2. The stack trace goes to the log only.
public final class FriendlyErrors implements CommandLine.IExecutionExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(FriendlyErrors.class);

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, CommandLine.ParseResult arguments) {
        PrintWriter err = command.getErr();
        switch (thrown) {
            case ConfigRefused refused -> {
                err.println("halftone: the settings can't be used:");
                refused.mistakes().forEach(mistake -> err.println("  " + mistake));
            }
            case CommandRefused refused -> refused.lines().forEach(line -> err.println("halftone: " + line));
            default -> {
                log.debug("the command failed", thrown);
                err.println("halftone: " + reason(thrown));
            }
        }
        err.flush();
        return dev.halftone.app.Main.REFUSED;
    }

    private static String reason(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }
}
