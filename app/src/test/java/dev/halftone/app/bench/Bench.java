package dev.halftone.app.bench;

import dev.halftone.app.bench.jpeg.JpegBench;
import dev.halftone.app.bench.queue.QueueBench;
import dev.halftone.app.bench.queue.ScaleBench;
import java.util.Arrays;

/// `./halftone bench NAME …`: the benchmarks, each of which prints figures and never judges them.
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        try {
            switch (name) {
                case "batch" -> BatchBench.main(rest);
                case "jpeg" -> JpegBench.main(rest);
                case "queue" -> QueueBench.main(rest);
                case "scale" -> ScaleBench.main(rest);
                case "submit" -> SubmitBench.main(rest);
                case "transform" -> TransformBench.main(rest);
                default -> {
                    System.err.println("""
                            usage: ./halftone bench batch  [--images DIR] [--items N] [--format NAME] [--peer DIR]
                                                           a whole batch over HTTP; with --peer, BullMQ + sharp on the same URLs
                                   ./halftone bench jpeg   [--images DIR|FILE ...] [--bare] [--speed] [--bd] [--rounds N] [--quality Q]
                                                           [--mode NAME] [--classes NAME ...] [--against NAME ...] [--peer DIR]
                                                           [--sharp JSON] [--core N] [--dump FILE]
                                                           the JPEG codec beside ImageIO, djpeg | cjpeg and, with --peer, sharp
                                   ./halftone bench queue  [--items N] [--nodes N ...] [--batches N ...] [--rounds N] [--finished N]
                                                           workers that do nothing, alone and beside millions of finished items
                                   ./halftone bench scale  [--rows N ...] [--heap SIZE]
                                                           CSVs of growing size accepted, run by such a worker, and exported
                                   ./halftone bench submit [--rows N]
                                                           how long a large CSV takes to be accepted
                                   ./halftone bench transform [--image FILE] [--rounds N] [--seconds N] [--connections N]
                                                           [--cached-connections N] [--burst N] [--heap SIZE] [--peer DIR]
                                                           a JPEG to 300 pixels by URL; with --peer, beside ipx""");
                    System.exit(2);
                }
            }
        } catch (IllegalArgumentException refused) {
            System.err.println("halftone bench " + name + ": " + refused.getMessage());
            System.exit(2);
        }
    }
}
