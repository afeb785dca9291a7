package dev.halftone.adapters.imaging.vips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.TargetFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Native memory is given back, whatever happens, and threads do not meet.
class VipsMemoryTest {
    private static final LibVips LIBRARY = Vips.library();

    private static final Compression SMALL =
            Compression.DEFAULT.withFormat(TargetFormat.WEBP).withBounds(OptionalInt.of(60), OptionalInt.empty());

    private static final byte[] PNG = TestImages.written(TestImages.quarters(200, 150), "png");

    /// Most are turned, so that copies in memory are made; every fourth is broken in its middle.
    private static final List<byte[]> SOURCES = sources();

    private static List<byte[]> sources() {
        byte[] jpeg = TestImages.withSegments(
                TestImages.jpeg(TestImages.quarters(200, 150), 0.9f),
                TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(6)));
        byte[] avif = Vips.made(PNG, Vips.TO_AVIF).bytes();
        return List.of(PNG, jpeg, avif, Arrays.copyOf(avif, avif.length / 2));
    }

    private static void run(int number) {
        try {
            Vips.result(SOURCES.get(number % SOURCES.size()), SMALL);
        } catch (HalftoneException broken) {
            assertThat(number % SOURCES.size()).isEqualTo(3);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aThousandPicturesLeaveNothingBehind() throws IOException {
        IntStream.range(0, 200).forEach(VipsMemoryTest::run);
        long before = residentMegabytes();

        IntStream.range(0, 1_000).forEach(VipsMemoryTest::run);

        assertThat(LIBRARY.pixelBytes()).isZero();
        // A leak of each picture's pixels alone would be 90 MB.
        assertThat(residentMegabytes() - before).isLessThan(60);
    }

    private static long residentMegabytes() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4 / 1024;
    }

    /// It ends the process when two threads give code back at once, now and then.
    @Test
    @EnabledOnOs(OS.LINUX)
    void liborcMakesNoCode() throws IOException {
        boolean loaded = Files.readString(Path.of("/proc/self/maps")).contains("/liborc-");

        assertThat(LIBRARY.usesVectors()).isEqualTo(!loaded);
    }

    @Test
    void fourThreadsMakeWhatOneMakes() throws Exception {
        EncodedImage alone = Vips.made(PNG, SMALL);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<byte[]>> work = IntStream.range(0, 80)
                    .<Callable<byte[]>>mapToObj(i -> () -> {
                        run(i);
                        return Vips.made(PNG, SMALL).bytes();
                    })
                    .toList();
            for (Future<byte[]> made : threads.invokeAll(work)) {
                assertThat(made.get()).isEqualTo(alone.bytes());
            }
        }
        assertThat(LIBRARY.pixelBytes()).isZero();
    }
}
