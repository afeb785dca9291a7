package dev.halftone.adapters.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.halftone.domain.network.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GuardedDnsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void givesThePublicAddressesOfAName() throws IOException {
        try (GuardedDns dns = dns("", "198.51.101.10", "2606:4700::1111")) {
            assertThat(dns.resolve("img.example.com", 80, LONG))
                    .extracting(InetSocketAddress::getPort)
                    .containsExactly(80, 80);
        }
    }

    @Test
    void blocksANameWithAPrivateAddress() {
        try (GuardedDns dns = dns("", "10.0.0.5")) {
            assertBlocked(dns, "priv.example.com");
        }
    }

    @Test
    void blocksANameWhenOneOfItsAddressesIsPrivate() {
        try (GuardedDns dns = dns("", "198.51.101.10", "127.0.0.1")) {
            assertBlocked(dns, "mixed.example.com");
        }
        try (GuardedDns dns = dns("", "198.51.101.10", "::1")) {
            assertBlocked(dns, "v6loop.example.com");
        }
    }

    @Test
    void blocksANameThatEmbedsAPrivateAddress() {
        try (GuardedDns dns = dns("", "64:ff9b::a00:1")) {
            assertBlocked(dns, "nat64.example.com");
        }
    }

    @Test
    void letsAllowedRangesPassWholeOrNotAtAll() throws IOException {
        try (GuardedDns dns = dns("10.0.0.0/8", "10.0.0.5", "10.0.0.6")) {
            assertThat(dns.resolve("minio", 9000, LONG)).hasSize(2);
        }
        try (GuardedDns dns = dns("10.0.0.0/8", "10.0.0.5", "192.168.0.1")) {
            assertBlocked(dns, "minio");
        }
    }

    @Test
    void neverLooksUpALiteral() throws IOException {
        GuardedDns.Lookup none = name -> {
            throw new AssertionError("looked up " + name);
        };
        try (GuardedDns dns = new GuardedDns(new AddressPolicy(OutboundAllow.none()), none)) {
            assertThat(dns.resolve("8.8.8.8", 80, LONG)).hasSize(1);
            assertThat(dns.resolve("2001:4860:4860::8888", 80, LONG)).hasSize(1);
            assertBlocked(dns, "127.0.0.1");
            assertBlocked(dns, "::ffff:8.8.8.8");
        }
    }

    @Test
    void tellsThatANameHasNoAddress() {
        try (GuardedDns dns = new GuardedDns(new AddressPolicy(OutboundAllow.none()), name -> {
            throw new UnknownHostException(name);
        })) {
            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(() -> dns.resolve("gone.example.com", 80, LONG));
        }
        try (GuardedDns dns = dns("")) {
            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(() -> dns.resolve("empty.example.com", 80, LONG));
        }
    }

    @Test
    void doesNotWaitLongerThanItMay() {
        CountDownLatch never = new CountDownLatch(1);
        try (GuardedDns dns = new GuardedDns(new AddressPolicy(OutboundAllow.none()), name -> {
            awaitQuietly(never);
            return new InetAddress[0];
        })) {
            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(() -> dns.resolve("slow.example.com", 80, Duration.ofMillis(50)));
            never.countDown();
        }
    }

    @Test
    void asksOnceForAllWhoWait() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        GuardedDns.Lookup slow = name -> {
            lookups.incrementAndGet();
            awaitQuietly(answer);
            return new InetAddress[] {InetAddress.getByName("198.51.101.10")};
        };
        int callers = 200;
        AtomicInteger started = new AtomicInteger();
        List<Future<List<InetSocketAddress>>> waiting = new ArrayList<>();
        try (GuardedDns dns = new GuardedDns(new AddressPolicy(OutboundAllow.none()), slow);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            waiting.add(threads.submit(() -> dns.resolve("img.example.com", 80, LONG)));
            Awaitility.await().until(() -> lookups.get() == 1);
            for (int i = 0; i < callers; i++) {
                waiting.add(threads.submit(() -> {
                    started.incrementAndGet();
                    return dns.resolve("img.example.com", 80, LONG);
                }));
            }
            Awaitility.await().until(() -> started.get() == callers);
            answer.countDown();
            for (Future<List<InetSocketAddress>> one : waiting) {
                assertThat(one.get()).hasSize(1);
            }
        }
        assertThat(lookups.get()).isLessThan(callers / 4);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertBlocked(GuardedDns dns, String host) {
        assertThatExceptionOfType(AddressPolicy.Blocked.class).isThrownBy(() -> dns.resolve(host, 80, LONG));
    }

    private static GuardedDns dns(String allow, String... addresses) {
        return new GuardedDns(new AddressPolicy(OutboundAllow.parse(allow)), name -> {
            InetAddress[] answer = new InetAddress[addresses.length];
            for (int i = 0; i < addresses.length; i++) {
                answer[i] = InetAddress.getByAddress(
                        name, IpAddress.parse(addresses[i]).orElseThrow().bytes());
            }
            return answer;
        });
    }
}
