package dev.halftone.domain.audit;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.stock.ObjectOwner;
import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// Whether rows and objects fit together. What seems wrong is looked at twice: a batch may be purged, or tried
/// again, between the look at its row and the look at its object.
final class VerifyObjects {
    private static final int AT_ONCE = 16;
    private static final int LISTED_AT_ONCE = 20_000;

    private final Ledger ledger;
    private final ObjectStore objects;
    private final boolean contents;
    private final Findings findings;

    /// @param contents whether the objects are read, rather than only looked for
    VerifyObjects(Ledger ledger, ObjectStore objects, boolean contents, Findings findings) {
        this.ledger = ledger;
        this.objects = objects;
        this.contents = contents;
        this.findings = findings;
    }

    /// From rows to objects.
    void named(Optional<BatchId> batch) {
        findings.counted("objects", 0);
        findings.counted("bytes", 0);
        Semaphore places = new Semaphore(AT_ONCE);
        ledger.named(batch, page -> lookAt(page, places));
    }

    /// @throws RuntimeException what a look threw: a check that could not be made is no good news
    private void lookAt(List<NamedObject> page, Semaphore places) {
        List<Future<?>> looks = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (NamedObject each : page) {
                looks.add(threads.submit(() -> {
                    places.acquireUninterruptibly();
                    try {
                        look(each);
                    } finally {
                        places.release();
                    }
                }));
            }
        }
        for (Future<?> done : looks) {
            if (done.state() == Future.State.FAILED) {
                throw new IllegalStateException("an object could not be checked", done.exceptionNow());
            }
        }
    }

    private void look(NamedObject named) {
        Optional<Finding> first = wrong(named);
        if (first.isPresent() && ledger.names(named)) {
            wrong(named).filter(again -> ledger.names(named)).ifPresent(findings::add);
        }
        findings.counted("objects", 1);
    }

    private Optional<Finding> wrong(NamedObject named) {
        try (StoredObject object = objects.open(named.key()).orElse(null)) {
            if (object == null) {
                return finding(Check.OBJECT_MISSING, named, "it is not there");
            }
            if (named.bytes().isPresent() && named.bytes().getAsLong() != object.bytes()) {
                return finding(
                        Check.OBJECT_CHANGED,
                        named,
                        "it has " + object.bytes() + " bytes, its row says "
                                + named.bytes().getAsLong());
            }
            return contents ? otherContent(named, object) : Optional.empty();
        } catch (IOException e) {
            return finding(Check.OBJECT_UNREADABLE, named, String.valueOf(e.getMessage()));
        } catch (HalftoneException e) {
            return finding(Check.OBJECT_UNREADABLE, named, e.failure().detail());
        }
    }

    private Optional<Finding> otherContent(NamedObject named, StoredObject object) throws IOException {
        MessageDigest digest = ContentHash.sha256();
        long read = object.content().transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        findings.counted("bytes", read);
        if (read != object.bytes()) {
            return finding(Check.OBJECT_CHANGED, named, "it ends after " + read + " of " + object.bytes() + " bytes");
        }
        ContentHash found = ContentHash.ofDigest(digest.digest());
        return named.hash().isEmpty() || named.hash().get().equals(found)
                ? Optional.empty()
                : finding(
                        Check.OBJECT_CHANGED,
                        named,
                        "its SHA-256 is " + found.hex() + ", its row says "
                                + named.hash().get().hex());
    }

    private static Optional<Finding> finding(Check check, NamedObject named, String what) {
        return Optional.of(new Finding(check, "object " + named.key() + " of " + named.where(), what));
    }

    /// From objects to rows.
    ///
    /// @param age younger objects may belong to a row that is about to be written
    void listed(List<String> prefixes, Duration age, InstantSource clock) {
        findings.counted("objects listed", 0);
        Instant before = clock.instant().minus(age);
        Map<ObjectKey, Instant> page = new HashMap<>();
        for (String prefix : prefixes) {
            try (Stream<ListedObject> all = objects.list(prefix)) {
                all.forEach(object -> {
                    findings.counted("objects listed", 1);
                    if (!(ObjectOwner.of(object.key()) instanceof ObjectOwner.Foreign)
                            && !object.stored().isAfter(before)) {
                        page.put(object.key(), object.stored());
                    }
                    if (page.size() >= LISTED_AT_ONCE) {
                        withoutRow(page);
                    }
                });
            }
        }
        withoutRow(page);
    }

    private void withoutRow(Map<ObjectKey, Instant> page) {
        for (ObjectKey key : new ArrayList<>(ledger.unnamed(page.keySet()))) {
            if (stands(key)) {
                findings.add(
                        Check.OBJECT_WITHOUT_ROW, "object " + key, "no row names it; it was put at " + page.get(key));
            }
        }
        page.clear();
    }

    /// A purge deletes objects first: one that was listed may have gone with its row.
    private boolean stands(ObjectKey key) {
        try (StoredObject object = objects.open(key).orElse(null)) {
            return object != null;
        } catch (IOException | HalftoneException e) {
            return true;
        }
    }
}
