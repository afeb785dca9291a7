package dev.halftone.adapters.imaging.hostile;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.awt.LumaSimilarity;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.inspect.PictureInspector;
import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.adapters.imaging.vips.EngineChoice;
import dev.halftone.adapters.imaging.vips.VipsEngine;
import dev.halftone.adapters.work.FairTurns;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.TargetFormat;
import dev.halftone.domain.source.OpenImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The program in a small heap of its own that takes one hostile image after another, as a worker does and as
/// an upload does, and a good one after each.
final class BombRun {
    /// Of each seed.
    private static final int DAMAGED = 30;

    private static final byte[] GOOD = TestImages.jpeg(TestImages.quarters(160, 120), 0.95f);

    private final AwtEngine awt = new AwtEngine();
    private final EngineChain chain = new EngineChain(
            List.of(
                    new JpegTranscodeEngine(),
                    new VipsEngine("auto", EngineChoice.FASTER, awt, LumaSimilarity::between),
                    awt),
            new ContainerOriginalKeeper(),
            System::nanoTime);
    private final PictureInspector inspector = new PictureInspector();

    private BombRun() {}

    /// @param arguments the file to write, and perhaps a folder of further images
    public static void main(String[] arguments) throws IOException {
        Map<String, byte[]> images = new LinkedHashMap<>();
        Bombs.all().forEach((name, bomb) -> images.put(name, bomb.bytes()));
        if (arguments.length > 1) {
            try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
                for (Path file : files.sorted().toList()) {
                    images.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        BombRun run = new BombRun();
        // Classes and libraries are loaded by then.
        run.compressed(GOOD);
        run.inspected(GOOD);
        run.compressed(TestImages.written(TestImages.quarters(64, 48), "webp"));
        run.compressed(TestImages.written(TestImages.quarters(64, 48), "tiff"));
        Set<Path> before = temporaryFiles();
        List<String> lines = new ArrayList<>();
        images.forEach((name, bytes) -> lines.add(run.line(name, bytes)));
        lines.add(run.crowd());
        Damage.seeds().forEach((format, seeds) -> lines.add(run.damage(format, seeds)));
        lines.add(run.plain(
                BombsTest.LEFT,
                temporaryFiles().equals(before) ? "done" : temporaryFiles().toString()));
        Files.write(Path.of(arguments[0]), lines);
        System.exit(0);
    }

    private String line(String name, byte[] bytes) {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        long began = System.nanoTime();
        String compressed = compressed(bytes);
        long millis = (System.nanoTime() - began) / 1_000_000;
        String inspected = inspected(bytes);
        long peak =
                heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        return String.join(
                "\t",
                name,
                compressed,
                inspected,
                compressed(GOOD),
                Long.toString(millis),
                Long.toString(peak >> 20),
                Integer.toString(bytes.length));
    }

    /// Six pictures of twenty-four megapixels at once, of a few hundred kilobytes each, on as many engine
    /// threads.
    private String crowd() {
        byte[] bytes = Bombs.png(4_900, 4_900, 8, 2, new byte[0]);
        List<String> endings = Collections.synchronizedList(new ArrayList<>());
        SourceImage source = OpenImage.sniffed(bytes, ImageLimits.DEFAULT);
        TurnOwner owner = new TurnOwner() {};
        Compression jpeg = Compression.DEFAULT.withFormat(TargetFormat.JPEG);
        try (FairTurns turns = new FairTurns(6, Runtime.getRuntime().maxMemory() / 2);
                ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                waiting.submit(() -> endings.add(turns.take(
                        owner,
                        CpuTurns.memoryOf(source),
                        () -> ending(() -> awt.compress(source, jpeg, ImageLimits.DEFAULT)))));
            }
        }
        String worst = endings.equals(Collections.nCopies(6, "done")) ? "done" : endings.toString();
        return plain(BombsTest.CROWD, worst);
    }

    private String plain(String name, String ended) {
        return String.join("\t", name, ended, "done", compressed(GOOD), "0", "0", "0");
    }

    /// Each damaged file as an item and as an upload; nothing may come of it but a picture or a failure of the
    /// image.
    private String damage(String format, List<byte[]> seeds) {
        Random random = new Random(format.hashCode());
        Set<String> ends = new TreeSet<>();
        for (byte[] seed : seeds) {
            for (int i = 0; i < DAMAGED; i++) {
                byte[] bytes = Damage.damaged(seed, random);
                ends.add(compressed(bytes));
                ends.add(inspected(bytes));
            }
        }
        ends.removeAll(BombsTest.TYPED);
        return plain("damaged " + format, ends.isEmpty() ? "done" : ends.toString());
    }

    private static Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private String compressed(byte[] bytes) {
        return ending(() -> {
            SourceImage source = OpenImage.sniffed(bytes, ImageLimits.DEFAULT);
            chain.compress(source, Compression.DEFAULT, ImageLimits.DEFAULT);
        });
    }

    private String inspected(byte[] bytes) {
        return ending(() -> inspector.inspect(OpenImage.sniffed(bytes, ImageLimits.DEFAULT), ImageLimits.DEFAULT));
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private static String ending(Runnable work) {
        try {
            work.run();
            return "done";
        } catch (HalftoneException e) {
            return e.failure().code().wire();
        } catch (Throwable e) {
            return "threw " + e;
        }
    }
}
