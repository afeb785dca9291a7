package dev.halftone.app.bench;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.wiring.Halftone;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.SubmitBatch;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How long a large CSV takes from its first byte to the 202, and what it costs in memory. Run it with
/// `HALFTONE_JAVA_OPTS=-Xmx256m` to see that memory stays flat.
final class SubmitBench {
    private SubmitBench() {}

    static void main(String[] arguments) throws Exception {
        int rows = Arguments.of(arguments).number("rows", 200_000);
        Path data = Files.createTempDirectory("halftone-bench");
        Path csv = data.resolve("large.csv");
        try (var out = Files.newBufferedWriter(csv)) {
            out.write("S. No.,Product Name,Input Image Urls\n");
            for (int i = 1; i <= rows; i++) {
                out.write(i + ",Product number " + i + ",https://images.example.com/catalogue/products/" + i
                        + "/front.jpg\n");
            }
        }
        try (Halftone halftone = Halftone.forService(
                ConfigReader.read(Environment.read(Map.of("HALFTONE_DATA_DIR", data.toString()), Map.of(), data)))) {
            for (int round = 1; round <= 3; round++) {
                long start = System.nanoTime();
                try (InputStream in = Files.newInputStream(csv)) {
                    SubmitBatch.Result result =
                            halftone.submit().submit(Caller.LOCAL, in, BatchOptions.DEFAULT, Optional.empty());
                    System.out.printf(
                            Locale.ROOT,
                            "round %d: %d rows, %.1f MB accepted in %.1f s, peak RSS %d MiB, %s%n",
                            round,
                            rows,
                            Files.size(csv) / 1e6,
                            (System.nanoTime() - start) / 1e9,
                            ProcessCpu.peakRssMiB(),
                            result.getClass().getSimpleName());
                }
            }
        }
    }
}
