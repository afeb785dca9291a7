package dev.halftone.app.bench.queue;

import dev.halftone.app.bench.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `./halftone bench scale`: CSVs of growing size accepted, run by a worker that does nothing, and exported,
/// each in a process of its own with a heap of 256 MiB, once that has run another. Small ones several times.
public final class ScaleBench {
    private static final int WARM_UP = 200_000;

    private ScaleBench() {}

    public static void main(String[] arguments) throws Exception {
        Arguments asked = Arguments.of(arguments).only(Set.of("rows", "heap"));
        String heap = asked.text("heap", "256m");
        for (String rows : asked.list("rows", List.of("10000", "100000", "1000000"))) {
            Path folder = Files.createTempDirectory("halftone-bench");
            try {
                Path csv = csv(folder.resolve("catalogue.csv"), Integer.parseInt(rows));
                System.out.printf(
                        Locale.ROOT,
                        "%,d rows, %.1f MB, -Xmx%s%n",
                        Integer.parseInt(rows),
                        Files.size(csv) / 1e6,
                        heap);
                int status = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx" + heap,
                                "-XX:+UseParallelGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ScaleRun.class.getName(),
                                csv(folder.resolve("warm-up.csv"), WARM_UP).toString(),
                                csv.toString(),
                                folder.toString())
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(folder.resolve("log.txt").toFile())
                        .start()
                        .waitFor();
                if (status != 0) {
                    System.out.println(Files.readString(folder.resolve("log.txt")));
                    System.exit(1);
                }
            } finally {
                QueueBench.delete(folder);
            }
        }
    }

    private static Path csv(Path file, int rows) throws Exception {
        try (var out = Files.newBufferedWriter(file)) {
            out.write("S. No.,Product Name,Input Image Urls\n");
            for (int i = 1; i <= rows; i++) {
                out.write(i + ",Product number " + i + ",https://images.example.com/catalogue/products/" + i
                        + "/front.jpg\n");
            }
        }
        return file;
    }
}
