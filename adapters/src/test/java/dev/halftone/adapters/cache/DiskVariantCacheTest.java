package dev.halftone.adapters.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.variant.cached.CachedVariant;
import dev.halftone.domain.variant.cached.VariantKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskVariantCacheTest {
    private static final VariantKey KEY = new VariantKey("owner-a", "1?w=300");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T09:00:00Z"));

    private DiskVariantCache cache(long memory, long disk) {
        return new DiskVariantCache(new VariantCacheSettings(folder, memory, disk, Duration.ofDays(30)), now::get);
    }

    private static CachedVariant variant(int bytes, int seed) {
        byte[] made = new byte[bytes];
        new Random(seed).nextBytes(made);
        return CachedVariant.of(ImageFormat.WEBP, new PixelSize(30, 20), made);
    }

    private static VariantKey key(int number) {
        return new VariantKey("owner-" + number % 3, "1?w=" + number);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void assertSame(CachedVariant found, CachedVariant expected) {
        assertThat(found.bytes()).isEqualTo(expected.bytes());
        assertThat(found.hash()).isEqualTo(expected.hash());
        assertThat(found.format()).isEqualTo(expected.format());
        assertThat(found.size()).isEqualTo(expected.size());
    }

    /// The clock is asked after the file was read and before the variant is in memory.
    @Test
    void doesNotRememberWhatIsPurgedWhileItIsRead() {
        cache(1 << 20, 1 << 20).put(KEY, variant(5_000, 1));
        AtomicReference<Runnable> onTime = new AtomicReference<>(() -> {});
        DiskVariantCache cache =
                new DiskVariantCache(new VariantCacheSettings(folder, 1 << 20, 1 << 20, Duration.ofDays(30)), () -> {
                    onTime.getAndSet(() -> {}).run();
                    return now.get();
                });
        await().untilAsserted(() -> assertThat(cache.bytesOnDisk()).isPositive());
        onTime.set(() -> cache.purge(KEY.owner()));

        cache.find(KEY);

        assertThat(cache.find(KEY)).isEmpty();
        assertThat(cache.bytesInMemory()).isZero();
    }

    @Test
    void servesAgainAfterARestart() {
        CachedVariant made = variant(5_000, 1);
        cache(1 << 20, 1 << 20).put(KEY, made);

        DiskVariantCache restarted = cache(1 << 20, 1 << 20);

        assertThat(restarted.find(KEY)).hasValueSatisfying(found -> assertSame(found, made));
        assertThat(restarted.find(new VariantKey("owner-a", "1?w=301"))).isEmpty();
        await().untilAsserted(() -> assertThat(restarted.bytesOnDisk()).isBetween(5_000L, 6_000L));
    }

    @Test
    void worksWithoutEither() {
        DiskVariantCache memoryAlone = cache(1 << 20, 0);
        memoryAlone.put(KEY, variant(100, 1));
        assertThat(memoryAlone.find(KEY)).isPresent();
        assertThat(folder).isEmptyDirectory();

        DiskVariantCache diskAlone = cache(0, 1 << 20);
        diskAlone.put(KEY, variant(100, 1));
        assertThat(diskAlone.find(KEY)).isPresent();
        assertThat(diskAlone.bytesInMemory()).isZero();

        DiskVariantCache nothing = cache(0, 0);
        nothing.put(KEY, variant(100, 1));
        assertThat(nothing.find(KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 20, 60, 130, 140, 200, 1_000})
    void dropsAFileThatRotted(int at) throws IOException {
        cache(0, 1 << 20).put(KEY, variant(1_000, 1));
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);

        DiskVariantCache restarted = cache(1 << 20, 1 << 20);
        assertThat(restarted.find(KEY)).isEmpty();
        assertThat(files()).isEmpty();
        restarted.put(KEY, variant(10, 2));
        assertThat(restarted.find(KEY)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 100, 1_100})
    void dropsAFileThatWasCutShort(int length) throws IOException {
        cache(0, 1 << 20).put(KEY, variant(1_000, 1));
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes.length).isGreaterThan(length);
        Files.write(file, java.util.Arrays.copyOf(bytes, length));

        assertThat(cache(1 << 20, 1 << 20).find(KEY)).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void takesNoFileForAnotherKey() throws IOException {
        DiskVariantCache cache = cache(0, 1 << 20);
        VariantKey other = new VariantKey("owner-a", "1?w=2");
        cache.put(KEY, variant(1_000, 1));
        Path first = files().getFirst();
        cache.put(other, variant(1_000, 2));
        Path second =
                files().stream().filter(file -> !file.equals(first)).findFirst().orElseThrow();
        Files.copy(first, second, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(cache.find(other)).isEmpty();
        assertThat(cache.find(KEY)).isPresent();
    }

    @Test
    void forgetsAfterALifetime() throws IOException {
        DiskVariantCache cache = cache(1 << 20, 1 << 20);
        cache.put(KEY, variant(1_000, 1));

        now.updateAndGet(before -> before.plus(Duration.ofDays(30)).minusMillis(1));
        assertThat(cache.find(KEY)).isPresent();
        assertThat(cache(0, 1 << 20).find(KEY)).isPresent();
        now.updateAndGet(before -> before.plusMillis(1));
        assertThat(cache.find(KEY)).isEmpty();
        assertThat(cache(0, 1 << 20).find(KEY)).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void sweepsAtTheStartWhatNobodyAskedForWithinALifetime() {
        cache(0, 1 << 20).put(KEY, variant(1_000, 1));
        now.updateAndGet(before -> before.plus(Duration.ofDays(31)));

        cache(0, 1 << 20);

        await().untilAsserted(() -> assertThat(files()).isEmpty());
    }

    @Test
    void keepsMemoryWithinItsBound() {
        DiskVariantCache cache = cache(100_000, 0);
        for (int i = 0; i < 100; i++) {
            cache.put(key(i), variant(3_000, i));
            assertThat(cache.find(key(0))).as("what is asked for stays").isPresent();
            assertThat(cache.bytesInMemory()).isLessThanOrEqualTo(100_000);
        }
        assertThat(cache.bytesInMemory()).isGreaterThan(80_000);
        assertThat(cache.find(key(50))).isEmpty();
        assertThat(cache.find(key(99))).isPresent();

        cache.put(KEY, variant(50_000, 1));
        assertThat(cache.find(KEY))
                .as("one picture does not push out the others")
                .isEmpty();
    }

    @Test
    void keepsTheFolderWithinItsBound() {
        DiskVariantCache cache = cache(0, 100_000);
        for (int i = 0; i < 100; i++) {
            now.updateAndGet(before -> before.plusSeconds(1));
            cache.put(key(i), variant(3_000, i));
            assertThat(cache.find(key(0))).as("what is asked for stays").isPresent();
        }
        await().untilAsserted(() -> {
            cache.put(key(99), variant(3_000, 99));
            assertThat(cache.bytesOnDisk()).isLessThanOrEqualTo(100_000);
            assertThat(files().stream().mapToLong(DiskVariantCacheTest::size).sum())
                    .isEqualTo(cache.bytesOnDisk());
        });
        assertThat(cache.find(key(0))).isPresent();
        assertThat(cache.find(key(99))).isPresent();
        assertThat(cache.find(key(1))).isEmpty();
    }

    @Test
    void knowsAfterARestartWhatWasAskedForLast() throws IOException {
        DiskVariantCache before = cache(0, 1 << 20);
        for (int i = 0; i < 20; i++) {
            now.updateAndGet(at -> at.plusSeconds(1));
            before.put(key(i), variant(3_000, i));
        }
        now.updateAndGet(at -> at.plusSeconds(1));
        assertThat(before.find(key(0))).isPresent();

        DiskVariantCache restarted = cache(0, 20_000);

        await().untilAsserted(() -> {
            long bytes = files().stream().mapToLong(DiskVariantCacheTest::size).sum();
            assertThat(bytes).isBetween(3_000L, 20_000L).isEqualTo(restarted.bytesOnDisk());
        });
        assertThat(restarted.find(key(0))).isPresent();
        assertThat(restarted.find(key(19))).isPresent();
        assertThat(restarted.find(key(1))).isEmpty();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    @Test
    void purgesWhatIsOfOneOwner() throws IOException {
        DiskVariantCache cache = cache(1 << 20, 1 << 20);
        for (int i = 0; i < 9; i++) {
            cache.put(key(i), variant(100, i));
        }

        assertThat(cache.purge("owner-1")).isEqualTo(3);
        assertThat(cache.purge("owner-1")).isZero();
        assertThat(cache.find(key(1))).isEmpty();
        assertThat(cache.find(key(0))).isPresent();
        assertThat(files()).hasSize(6);
        assertThat(cache(1 << 20, 1 << 20).purge("owner-0")).isEqualTo(3);
    }

    @Test
    void removesWhatACrashLeftBehind() throws IOException {
        Path left = folder.resolve("v1/aa/owner-aa/x.part");
        Files.createDirectories(left.getParent());
        Files.write(left, new byte[10]);
        Files.setLastModifiedTime(left, FileTime.from(now.get().minus(Duration.ofHours(2))));
        Path recent = Files.write(left.resolveSibling("y.part"), new byte[10]);
        Files.setLastModifiedTime(recent, FileTime.from(now.get()));

        cache(0, 1 << 20);

        await().untilAsserted(() -> assertThat(files()).containsExactly(recent));
    }

    @Test
    void servesWholePicturesWhileOthersArePutEvictedAndPurged() throws Exception {
        DiskVariantCache cache = cache(10_000, 60_000);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        Random random = new Random(thread);
                        for (int i = 0; i < 400; i++) {
                            int number = random.nextInt(40);
                            CachedVariant expected = variant(2_000, number);
                            cache.find(key(number))
                                    .ifPresentOrElse(
                                            found -> assertSame(found, expected),
                                            () -> cache.put(key(number), expected));
                            if (i % 50 == 49) {
                                cache.purge("owner-" + random.nextInt(3));
                            }
                        }
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(cache.bytesInMemory()).isLessThanOrEqualTo(10_000);
    }
}
