package dev.halftone.adapters.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.ObjectStoreContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreTest extends ObjectStoreContract {
    private static final URI PUBLIC = URI.create("https://img.example.com/");
    private static final ObjectKey KEY = new ObjectKey("batches/B1/000001-000.jpg");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    private Path root;
    private FileObjectStore store;

    @BeforeEach
    void open() {
        root = folder.resolve("data/objects");
        store = new FileObjectStore(root, PUBLIC, InstantSource.system());
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void keepsObjectsWhereTheirKeysSay() throws IOException {
        store.put(KEY, new byte[3], "image/jpeg");
        assertThat(root.resolve("batches/B1/000001-000.jpg")).hasSize(3);
        assertThat(store.publicUrl(KEY)).hasToString("https://img.example.com/files/batches/B1/000001-000.jpg");
        assertThat(new FileObjectStore(root, URI.create("http://127.0.0.1:8080"), InstantSource.system())
                        .publicUrl(KEY))
                .hasToString("http://127.0.0.1:8080/files/batches/B1/000001-000.jpg");
    }

    @Test
    void findsItsObjectsAgainAfterARestart() throws IOException {
        store.put(KEY, new byte[3], "image/jpeg");
        store = new FileObjectStore(root, PUBLIC, InstantSource.system());
        assertThat(read(KEY)).hasSize(3);
    }

    @Test
    void leavesNoTemporaryFileBehind() throws IOException {
        store.put(KEY, new byte[3], "image/jpeg");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.put(
                        KEY,
                        new java.io.SequenceInputStream(
                                new ByteArrayInputStream(new byte[100_000]), new java.io.InputStream() {
                                    @Override
                                    public int read() throws IOException {
                                        throw new IOException("broken");
                                    }
                                }),
                        "image/jpeg"));
        assertThat(temporaryFiles()).isEmpty();
        assertThat(read(KEY)).hasSize(3);
    }

    @Test
    void sweepsWhatACrashLeftAndNothingElse() throws IOException {
        store.put(KEY, new byte[3], "image/jpeg");
        Path stale = temporary("stale.part", NOW.minus(Duration.ofMinutes(61)));
        Path fresh = temporary("fresh.part", NOW.minus(Duration.ofMinutes(59)));
        Path foreign = temporary("notes.txt", NOW.minus(Duration.ofDays(9)));
        Files.setLastModifiedTime(root.resolve(KEY.value()), FileTime.from(NOW.minus(Duration.ofDays(9))));
        store = new FileObjectStore(root, PUBLIC, InstantSource.fixed(NOW));
        assertThat(stale).doesNotExist();
        assertThat(fresh).exists();
        assertThat(foreign).exists();
        assertThat(read(KEY)).hasSize(3);
    }

    @Test
    void sweepsAgainWhenAsked() throws IOException {
        store = new FileObjectStore(root, PUBLIC, InstantSource.fixed(NOW));
        Path stale = temporary("stale.part", NOW.minus(Duration.ofMinutes(11)));
        Path fresh = temporary("fresh.part", NOW.minus(Duration.ofMinutes(9)));

        assertThat(store.sweepUnfinished(Duration.ofMinutes(10))).isEqualTo(1);
        assertThat(stale).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void listsNeitherWhatIsNoObjectNorWhatALinkLeadsTo() throws IOException {
        store.put(KEY, new byte[3], "image/jpeg");
        temporary("half.part", NOW);
        Files.write(root.resolve("batches/B1/.hidden"), new byte[1]);
        Files.write(root.resolve("batches/B1/Käse.jpg"), new byte[1]);
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.write(outside.resolve("secret.jpg"), new byte[9]);
        Files.createSymbolicLink(root.resolve("batches/out"), outside);
        Files.createSymbolicLink(root.resolve("batches/secret.jpg"), outside.resolve("secret.jpg"));

        for (String prefix : List.of("", "batches/", "batches/B1/")) {
            assertThat(keys(prefix)).containsExactly(KEY);
        }
        assertThat(keys("batches/out/")).isEmpty();
    }

    /// A sweep walks on while batches are purged under its feet.
    @Test
    void listsWhileFoldersVanish() throws Exception {
        for (int i = 0; i < 200; i++) {
            store.put(new ObjectKey("batches/B" + i + "/1.jpg"), new byte[1], "image/jpeg");
        }
        ObjectKey stays = new ObjectKey("batches/Z/1.jpg");
        store.put(stays, new byte[1], "image/jpeg");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> deleting = threads.submit(() -> {
                for (int i = 0; i < 200; i++) {
                    store.delete(new ObjectKey("batches/B" + i + "/1.jpg"));
                }
            });
            while (!deleting.isDone()) {
                assertThat(keys("batches/")).contains(stays);
            }
            deleting.get();
        }
        assertThat(keys("batches/")).containsExactly(stays);
    }

    private List<ObjectKey> keys(String prefix) {
        try (Stream<ListedObject> listed = store.list(prefix)) {
            return listed.map(ListedObject::key).toList();
        }
    }

    @Test
    void removesFoldersThatItEmptied() throws IOException {
        ObjectKey beside = new ObjectKey("batches/B2/000001-000.jpg");
        store.put(KEY, new byte[3], "image/jpeg");
        store.put(beside, new byte[3], "image/jpeg");
        store.delete(KEY);
        assertThat(root.resolve("batches/B1")).doesNotExist();
        assertThat(root.resolve("batches/B2")).isDirectory();
        store.delete(beside);
        assertThat(root.resolve("batches")).doesNotExist();
        assertThat(root).isDirectory();
        store.put(KEY, new byte[4], "image/jpeg");
        assertThat(read(KEY)).hasSize(4);
    }

    @Test
    void putsIntoAFolderThatOthersEmptyAllTheTime() throws Exception {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                ObjectKey mine = new ObjectKey("batches/B1/" + i + ".jpg");
                running.add(threads.submit(() -> {
                    for (int round = 0; round < 20; round++) {
                        store.put(mine, new byte[round], "image/jpeg");
                        assertThat(read(mine)).hasSize(round);
                        store.delete(mine);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(root.resolve("batches")).doesNotExist();
    }

    @Test
    void syncsEveryNewFolderUpToTheRootAndThenItsEntries() {
        ConcurrentLinkedQueue<Path> synced = new ConcurrentLinkedQueue<>();
        FileObjectStore watched = new FileObjectStore(root, PUBLIC, InstantSource.system(), watching(synced));
        Path real = folder.resolve("data/objects");
        watched.put(KEY, new byte[3], "image/jpeg");
        assertThat(synced).containsExactly(real.resolve("batches"), real, real.resolve("batches/B1"));
        synced.clear();
        watched.put(new ObjectKey("batches/B1/000002-000.jpg"), new byte[3], "image/jpeg");
        assertThat(synced).containsExactly(real.resolve("batches/B1"));
        synced.clear();
        new FileObjectStore(folder.resolve("new/er/root"), PUBLIC, InstantSource.system(), watching(synced));
        assertThat(synced).containsExactly(folder, folder.resolve("new"), folder.resolve("new/er"));
    }

    @Test
    void tellsADiskThatBreaksAndKeepsNothingHalf() {
        AtomicReference<String> fault = new AtomicReference<>("Input/output error");
        FileObjectStore broken = new FileObjectStore(root, PUBLIC, InstantSource.system(), new Disk() {
            @Override
            public void sync(Path folder) throws IOException {
                throw new IOException(fault.get());
            }
        });
        assertFails(broken, FailureCode.STORAGE_UNAVAILABLE);
        fault.set("No space left on device");
        assertFails(broken, FailureCode.STORAGE_FULL);
        fault.set("Disk quota exceeded");
        assertFails(broken, FailureCode.STORAGE_FULL);
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void tellsAFolderThatIsGone() throws IOException {
        Files.delete(root.resolve(".tmp"));
        assertFails(store, FailureCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void followsNoLinkOutOfItsRoot() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.write(outside.resolve("secret.jpg"), new byte[9]);
        Files.createDirectories(root.resolve("batches"));
        Files.createSymbolicLink(root.resolve("batches/out"), outside);
        Files.createSymbolicLink(root.resolve("batches/secret.jpg"), outside.resolve("secret.jpg"));
        assertThat(store.open(new ObjectKey("batches/out/secret.jpg"))).isEmpty();
        assertThat(store.open(new ObjectKey("batches/secret.jpg"))).isEmpty();
        store.delete(new ObjectKey("batches/out/secret.jpg"));
        assertThat(outside.resolve("secret.jpg")).hasSize(9);
        assertThatExceptionOfType(HalftoneException.class)
                .isThrownBy(() -> store.put(new ObjectKey("batches/out/new.jpg"), new byte[1], "image/jpeg"))
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE));
        assertThat(outside.resolve("new.jpg")).doesNotExist();
        store.put(new ObjectKey("batches/secret.jpg"), new byte[1], "image/jpeg");
        assertThat(outside.resolve("secret.jpg")).hasSize(9);
    }

    @Test
    void putsWholeThoughItsThreadIsInterrupted() throws Exception {
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            store.put(KEY, new byte[100_000], "image/jpeg");
        });
        caller.start();
        caller.join();
        assertThat(read(KEY)).hasSize(100_000);
    }

    @Test
    void refusesARootThatIsAFile() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[1]);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new FileObjectStore(file, PUBLIC, InstantSource.system()))
                .withMessageContaining(file.toString());
    }

    private static Disk watching(ConcurrentLinkedQueue<Path> synced) {
        return new Disk() {
            @Override
            public void sync(Path folder) {
                synced.add(folder);
            }
        };
    }

    private static void assertFails(FileObjectStore store, FailureCode code) {
        assertThatExceptionOfType(HalftoneException.class)
                .isThrownBy(() -> store.put(KEY, new byte[3], "image/jpeg"))
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(code))
                .satisfies(e -> assertThat(e.failure().detail()).doesNotContain("/"));
    }

    private Path temporary(String name, Instant modified) throws IOException {
        Path file = Files.write(root.resolve(".tmp").resolve(name), new byte[1]);
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private List<Path> temporaryFiles() {
        try (Stream<Path> files = Files.list(root.resolve(".tmp"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
