package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.pipeline.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// One engine for all threads, whose buffers are handed on; and a deadline for each image.
class SharedEngineTest {
    private record Work(int number, byte[] source, Compression compression) {}

    private static List<Work> mixed() {
        List<Compression> ways = List.of(
                Compression.DEFAULT,
                Engines.LOSSLESS,
                Compression.DEFAULT.withEncoding(Engines.BEST),
                Compression.DEFAULT.withEncoding(Engines.SMALLEST),
                Compression.DEFAULT.withEncoding(Engines.PROGRESSIVE),
                Engines.bytes(2500),
                Engines.similarity(0.9));
        List<Work> works = new ArrayList<>();
        for (int[] size : new int[][] {{160, 120}, {33, 65}}) {
            MadeJpegs.classes(size[0], size[1], 90).values().forEach(file -> {
                works.add(new Work(works.size(), file, ways.get(works.size() % ways.size())));
                byte[] damaged = file.clone();
                damaged[file.length - 30] ^= 0x55;
                works.add(new Work(works.size(), damaged, ways.get(works.size() % ways.size())));
            });
        }
        return works;
    }

    private static String outcome(JpegTranscodeEngine engine, Work work) {
        return switch (engine.compress(Engines.source(work.source), work.compression, ImageLimits.DEFAULT)) {
            case EngineResult.Encoded encoded ->
                HexFormat.of().formatHex(encoded.image().bytes());
            case EngineResult.Declined declined -> declined.reason();
            case EngineResult.Keep keep -> keep.note();
        };
    }

    @Test
    void fourThreadsMakeTheBytesThatOneMakes() throws InterruptedException {
        List<Work> works = mixed();
        List<String> alone = works.stream()
                .map(work -> outcome(new JpegTranscodeEngine(), work))
                .toList();
        JpegTranscodeEngine shared = new JpegTranscodeEngine();
        List<Work> shuffled = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            shuffled.addAll(works);
        }
        Collections.shuffle(shuffled, new Random(5));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<String>> running = threads.invokeAll(shuffled.stream()
                    .map(work -> (Callable<String>) () -> outcome(shared, work))
                    .toList());
            for (int i = 0; i < running.size(); i++) {
                int number = shuffled.get(i).number;
                assertThat(running.get(i).resultNow()).as("work %d", number).isEqualTo(alone.get(number));
            }
        }
        assertThat(alone).anyMatch(outcome -> outcome.startsWith("ffd8"));
    }

    @Test
    void aPassedDeadlineStopsTheWork() {
        byte[] picture = Pixels.photo(640, 480, 3).toPnm();
        byte[] progressive = Libjpeg.encode(picture, "-quality", "92", "-progressive");
        byte[] baseline = Libjpeg.encode(picture, "-quality", "92");
        assertStopped(progressive, Compression.DEFAULT);
        assertStopped(progressive, Engines.LOSSLESS);
        assertStopped(baseline, Engines.bytes(baseline.length / 3));
        assertStopped(baseline, Engines.similarity(0.9));
        assertStopped(baseline, Compression.DEFAULT.withEncoding(Engines.BEST));
        assertThat(Engines.made(progressive, Compression.DEFAULT)).isNotEmpty();
    }

    private static void assertStopped(byte[] jpeg, Compression compression) {
        ImageLimits limits = new ImageLimits(25L << 20, 50_000_000, 16_383, Duration.ofNanos(1));
        HalftoneException stopped = catchThrowableOfType(
                HalftoneException.class, () -> Engines.JPEG.compress(Engines.source(jpeg), compression, limits));
        assertThat(stopped).as("%s", compression).isNotNull();
        assertThat(stopped.failure().code()).isEqualTo(FailureCode.PROCESSING_TIMEOUT);
    }
}
