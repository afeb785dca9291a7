package dev.halftone.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every object store promises. A test of an adapter extends this and hands its store in; keys are the
/// contract's own, so a store that other tests use too must be emptied before.
public abstract class ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("contract/one/000001-000.jpg");
    private static final String JPEG = "image/jpeg";

    /// The store under test; the same one within a test.
    protected abstract ObjectStore store();

    /// How many bytes the large stream has; an adapter over a slow link may ask for fewer.
    protected long largeStream() {
        return 40L << 20;
    }

    @Test
    void givesBackWhatWasPut() throws IOException {
        store().put(KEY, bytes("picture"), JPEG);
        try (StoredObject object = store().open(KEY).orElseThrow()) {
            assertThat(object.bytes()).isEqualTo(7);
            assertThat(object.content().readAllBytes()).isEqualTo(bytes("picture"));
            assertThat(Duration.between(object.stored(), InstantSource.system().instant())
                            .abs())
                    .isLessThan(Duration.ofHours(1));
        }
    }

    @Test
    void keepsAnEmptyObject() throws IOException {
        store().put(KEY, new byte[0], JPEG);
        assertThat(read(KEY)).isEmpty();
    }

    @Test
    void putsAStreamAndTellsItsLength() throws IOException {
        assertThat(store().put(KEY, new ByteArrayInputStream(bytes("streamed")), JPEG))
                .isEqualTo(8);
        assertThat(read(KEY)).isEqualTo(bytes("streamed"));
    }

    @Test
    void replacesAnObjectInOneStep() throws IOException {
        store().put(KEY, bytes("old and longer"), JPEG);
        try (StoredObject old = store().open(KEY).orElseThrow()) {
            store().put(KEY, bytes("new"), JPEG);
            assertThat(read(KEY)).isEqualTo(bytes("new"));
            assertThat(old.content().readAllBytes()).isEqualTo(bytes("old and longer"));
        }
    }

    @Test
    void doesNotKeepTheCallersArray() throws IOException {
        byte[] bytes = bytes("picture");
        store().put(KEY, bytes, JPEG);
        Arrays.fill(bytes, (byte) 0);
        assertThat(read(KEY)).isEqualTo(bytes("picture"));
    }

    @Test
    void answersNothingForAKeyThatHoldsNothing() {
        assertThat(store().open(new ObjectKey("contract/none.jpg"))).isEmpty();
        assertThat(store().open(new ObjectKey("contract"))).isEmpty();
        store().put(KEY, bytes("picture"), JPEG);
        assertThat(store().open(new ObjectKey("contract/one"))).isEmpty();
    }

    @Test
    void deletesOnceAndForAll() throws IOException {
        ObjectKey beside = new ObjectKey("contract/one/000002-000.jpg");
        store().put(KEY, bytes("picture"), JPEG);
        store().put(beside, bytes("beside"), JPEG);
        store().delete(KEY);
        store().delete(KEY);
        assertThat(store().open(KEY)).isEmpty();
        assertThat(read(beside)).isEqualTo(bytes("beside"));
        store().put(KEY, bytes("again"), JPEG);
        assertThat(read(KEY)).isEqualTo(bytes("again"));
    }

    @Test
    void deletingAPrefixLeavesWhatIsBelowIt() throws IOException {
        store().put(KEY, bytes("picture"), JPEG);
        store().delete(new ObjectKey("contract/one"));
        assertThat(read(KEY)).isEqualTo(bytes("picture"));
    }

    @Test
    void listsWhatBeginsWithAPrefix() {
        List<String> keys = List.of(
                "contract/one/000001-000.jpg",
                "contract/one/000002-000.png",
                "contract/one/deeper/still/a.webp",
                "contract/one.thumb/000001-000.jpg",
                "contract/two.csv",
                "contractor/one.jpg");
        keys.forEach(key -> store().put(new ObjectKey(key), bytes(key), JPEG));

        assertThat(listed("contract/one/")).containsExactlyInAnyOrderElementsOf(keys.subList(0, 3));
        assertThat(listed("contract/one")).containsExactlyInAnyOrderElementsOf(keys.subList(0, 4));
        assertThat(listed("contract/one/000002")).containsExactly(keys.get(1));
        assertThat(listed("contract/one/deeper/still/a.webp")).containsExactly(keys.get(2));
        assertThat(listed("contract/")).containsExactlyInAnyOrderElementsOf(keys.subList(0, 5));
        assertThat(listed("")).containsAll(keys);
        assertThat(listed("contract/none/")).isEmpty();
        assertThat(listed("contract/two.csv/")).isEmpty();
    }

    @Test
    void listsLengthAndTime() throws IOException {
        store().put(KEY, bytes("picture"), JPEG);
        try (Stream<ListedObject> listed = store().list("contract/");
                StoredObject opened = store().open(KEY).orElseThrow()) {
            assertThat(listed).singleElement().satisfies(object -> {
                assertThat(object.key()).isEqualTo(KEY);
                assertThat(object.bytes()).isEqualTo(7);
                assertThat(Duration.between(object.stored(), opened.stored()).abs())
                        .isLessThan(Duration.ofMinutes(1));
            });
        }
        store().delete(KEY);
        assertThat(listed("contract/")).isEmpty();
    }

    /// More than one page of any store.
    @Test
    void listsEveryObjectOnce() {
        List<String> keys = IntStream.range(0, manyObjects())
                .mapToObj(i -> "contract/many/%d/%05d.%s".formatted(i % 3, i, i % 2 == 0 ? "jpg" : "csv"))
                .toList();
        keys.forEach(key -> store().put(new ObjectKey(key), new byte[] {1}, JPEG));

        assertThat(listed("contract/many/")).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void refusesToListWhatNoKeyBeginsWith() {
        for (String prefix : List.of("/", "../", "contract/../", ".tmp/", "contract//", "ä")) {
            assertThatIllegalArgumentException().isThrownBy(() -> listed(prefix));
        }
    }

    private List<String> listed(String prefix) {
        try (Stream<ListedObject> listed = store().list(prefix)) {
            return listed.map(object -> object.key().value()).toList();
        }
    }

    /// How many objects are more than a page; an adapter may ask for fewer where its pages are smaller.
    protected int manyObjects() {
        return 1_100;
    }

    @Test
    void takesAStreamThatNoMemoryWouldHold() throws Exception {
        MessageDigest put = MessageDigest.getInstance("SHA-256");
        MessageDigest got = MessageDigest.getInstance("SHA-256");
        try (InputStream large = new java.security.DigestInputStream(new Numbers(largeStream()), put)) {
            assertThat(store().put(KEY, large, "text/csv")).isEqualTo(largeStream());
        }
        try (StoredObject object = store().open(KEY).orElseThrow()) {
            assertThat(object.bytes()).isEqualTo(largeStream());
            object.content()
                    .transferTo(new java.security.DigestOutputStream(java.io.OutputStream.nullOutputStream(), got));
        }
        assertThat(HexFormat.of().formatHex(got.digest()))
                .isEqualTo(HexFormat.of().formatHex(put.digest()));
    }

    @Test
    void storesNothingOfAStreamThatBreaks() throws IOException {
        IOException broken = new IOException("the upload broke");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store().put(KEY, new Breaking(100_000, broken), JPEG))
                .isSameAs(broken);
        assertThat(store().open(KEY)).isEmpty();

        store().put(KEY, bytes("before"), JPEG);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store().put(KEY, new Breaking(100_000, broken), JPEG));
        assertThat(read(KEY)).isEqualTo(bytes("before"));
    }

    @Test
    void storesNothingOfAStreamThatIsRefusedHalfway() {
        IllegalStateException refused = new IllegalStateException("over the limit");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store().put(KEY, new Breaking(100_000, refused), JPEG))
                .isSameAs(refused);
        assertThat(store().open(KEY)).isEmpty();
    }

    @Test
    void showsAWholeObjectWhileManyPutTheSameKey() throws Exception {
        int writers = 16;
        List<Future<?>> puts = new ArrayList<>();
        store().put(KEY, filled(0), JPEG);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < writers; i++) {
                byte[] mine = filled(i);
                puts.add(threads.submit(() -> store().put(KEY, mine, JPEG)));
                puts.add(threads.submit(() -> {
                    assertOneFill(read(KEY));
                    return null;
                }));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        }
        assertOneFill(read(KEY));
    }

    @Test
    void takesManyKeysOfOneFolderAtOnce() throws Exception {
        int many = 64;
        List<Future<?>> puts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < many; i++) {
                int number = i;
                puts.add(threads.submit(() -> store().put(numbered(number), bytes("picture " + number), JPEG)));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        }
        for (int i = 0; i < many; i++) {
            assertThat(read(numbered(i))).isEqualTo(bytes("picture " + i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "..",
                "../x",
                "a/../x",
                "a/..",
                ".tmp/x",
                "a/.hidden",
                "a//b",
                "a/",
                "a\\b",
                "a\u0000b",
                "a b",
                "a%2e%2e/b",
                "ü.jpg",
                "C:x",
                "a\nb",
                "a/b/c/d/e/f/g/h/i",
            })
    void hasNoHostileKeys(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey(text));
    }

    @Test
    void takesTheLongestAndTheOddestKeys() throws IOException {
        ObjectKey deep = new ObjectKey("a/b/c/d/e/f/g/" + "h".repeat(128));
        ObjectKey odd = new ObjectKey("-rf/_/x..y.tmp.part");
        store().put(deep, bytes("deep"), JPEG);
        store().put(odd, bytes("odd"), JPEG);
        assertThat(read(deep)).isEqualTo(bytes("deep"));
        assertThat(read(odd)).isEqualTo(bytes("odd"));
    }

    @Test
    void namesOnePublicAddressForEachKey() {
        assertThat(store().publicUrl(KEY).isAbsolute()).isTrue();
        assertThat(store().publicUrl(KEY).toString()).endsWith(KEY.value());
        assertThat(store().publicUrl(KEY)).isEqualTo(store().publicUrl(KEY));
    }

    protected final byte[] read(ObjectKey key) throws IOException {
        try (StoredObject object = store().open(key).orElseThrow()) {
            return object.content().readAllBytes();
        }
    }

    private static ObjectKey numbered(int number) {
        return new ObjectKey("contract/many/%06d-000.jpg".formatted(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] filled(int writer) {
        byte[] bytes = new byte[50_000 + writer];
        Arrays.fill(bytes, (byte) writer);
        return bytes;
    }

    private static void assertOneFill(byte[] bytes) {
        assertThat(bytes).hasSize(50_000 + bytes[0]).containsOnly(bytes[0]);
    }

    /// So many bytes that differ from place to place.
    private static final class Numbers extends InputStream {
        private final long length;
        private long at;

        Numbers(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            return at < length ? (int) (at++ * 31 >>> 3) & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int asked) {
            int count = (int) Math.min(asked, length - at);
            for (int i = 0; i < count; i++) {
                into[offset + i] = (byte) read();
            }
            return count == 0 && asked > 0 ? -1 : count;
        }
    }

    /// Gives some bytes, then breaks.
    private static final class Breaking extends InputStream {
        private final Exception end;
        private int left;

        Breaking(int bytes, Exception end) {
            this.left = bytes;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            if (left-- > 0) {
                return 'x';
            }
            if (end instanceof IOException broken) {
                throw broken;
            }
            throw (RuntimeException) end;
        }

        @Override
        public int read(byte[] into, int offset, int asked) throws IOException {
            if (asked == 0) {
                return 0;
            }
            into[offset] = (byte) read();
            return 1;
        }
    }
}
