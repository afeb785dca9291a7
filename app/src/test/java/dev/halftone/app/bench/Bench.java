package dev.halftone.app.bench;

import java.util.Arrays;

/// `./halftone bench NAME …`: the benchmarks, each of which prints figures and never judges them.
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (name) {
            case "batch" -> BatchBench.main(rest);
            case "submit" -> SubmitBench.main(rest);
            default -> {
                System.err.println("""
                        usage: ./halftone bench batch  [--images DIR] [--items N] [--format NAME] [--peer DIR]
                                                       a whole batch over HTTP; with --peer, BullMQ + sharp on the same URLs
                               ./halftone bench submit [--rows N]
                                                       how long a large CSV takes to be accepted""");
                System.exit(2);
            }
        }
    }
}
