package dev.halftone.domain.variant.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VariantsTest {
    private static final VariantKey KEY = new VariantKey("a", "1?w=3");
    private static final CachedVariant VARIANT =
            CachedVariant.of(ImageFormat.PNG, new PixelSize(3, 2), new byte[] {1, 2, 3});

    private final InMemoryVariantCache cache = new InMemoryVariantCache();
    private final Variants variants = new Variants(cache, 4, 2);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void stop() {
        release.countDown();
        callers.close();
    }

    private CachedVariant slowly() throws InterruptedException {
        made.incrementAndGet();
        release.await();
        return VARIANT;
    }

    private CompletableFuture<CachedVariant> ask(VariantKey key, Variants.Maker maker) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return variants.get(key, maker);
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                callers);
    }

    private void awaitMade(int count) {
        until(() -> made.get() == count);
    }

    private static void until(BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void areMadeOnceForAllWhoAskAtOnce() {
        List<CompletableFuture<CachedVariant>> asked = new ArrayList<>();
        asked.add(ask(KEY, this::slowly));
        awaitMade(1);
        for (int i = 0; i < 50; i++) {
            asked.add(ask(KEY, this::slowly));
        }
        release.countDown();

        assertThat(asked).allSatisfy(one -> assertThat(one.join()).isSameAs(VARIANT));
        assertThat(made).hasValue(1);
        assertThat(cache.find(KEY)).contains(VARIANT);
    }

    @Test
    void tellAFailureToAllAndKeepItForNobody() throws Exception {
        List<CompletableFuture<CachedVariant>> asked = new ArrayList<>();
        Variants.Maker fails = () -> {
            slowly();
            throw new IllegalStateException("broken");
        };
        asked.add(ask(KEY, fails));
        awaitMade(1);
        asked.add(ask(KEY, fails));
        asked.add(ask(KEY, fails));
        release.countDown();

        assertThat(asked).allSatisfy(one -> assertThatThrownBy(one::join).hasMessageContaining("broken"));
        assertThat(variants.get(KEY, () -> VARIANT)).isSameAs(VARIANT);
    }

    @Test
    void areMadeEvenWhenTheFirstWhoAskedGoesAway() throws Exception {
        CompletableFuture<Thread> first = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(() -> {
            first.complete(Thread.currentThread());
            try {
                variants.get(KEY, this::slowly);
            } catch (InterruptedException expected) {
                // It went away.
            }
        });
        awaitMade(1);
        CompletableFuture<CachedVariant> second = ask(KEY, this::slowly);
        first.join().interrupt();
        caller.join();
        release.countDown();

        assertThat(second.join()).isSameAs(VARIANT);
        assertThat(made).hasValue(1);
    }

    @Test
    void refuseMoreThanMayWait() throws Exception {
        List<CompletableFuture<CachedVariant>> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asked.add(ask(new VariantKey("a", "1?w=" + i), this::slowly));
        }
        until(() -> variants.pending() == 4 && made.get() == 2);

        assertThatThrownBy(() -> variants.get(new VariantKey("b", "1?w=9"), () -> VARIANT))
                .isInstanceOfSatisfying(
                        TooManyWaiting.class,
                        refused -> assertThat(refused.retryAfter()).isPositive());
        assertThat(made).hasValue(2);
        release.countDown();

        asked.forEach(CompletableFuture::join);
        assertThat(made).hasValue(4);
        until(() -> variants.pending() == 0);
        assertThat(variants.get(new VariantKey("b", "1?w=9"), () -> VARIANT)).isSameAs(VARIANT);
    }

    @Test
    void keepNothingOfAPurgedSource() {
        CompletableFuture<CachedVariant> before = ask(KEY, this::slowly);
        awaitMade(1);
        assertThat(variants.purge("a")).isZero();
        release.countDown();

        assertThat(before.join()).isSameAs(VARIANT);
        assertThat(cache.find(KEY)).isEmpty();
    }
}
