package dev.halftone.adapters.outbound;

import dev.halftone.domain.network.IpAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Turns a host into the addresses that may be dialled, once per connection, so that no second lookup can
/// answer otherwise. One forbidden address in the answer forbids all of them. Lookups run on a few platform
/// threads: the system's resolver blocks in native code and can't be interrupted, and on virtual threads a slow
/// name server would hold every carrier. Waiting callers of one name share one lookup. Thread-safe.
final class GuardedDns implements AutoCloseable {
    private static final int LOOKUPS_AT_ONCE = 32;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /// Asks for the addresses of a name.
    interface Lookup {
        InetAddress[] addressesOf(String name) throws UnknownHostException;
    }

    private final AddressPolicy policy;
    private final Lookup lookup;
    private final ConcurrentMap<String, CompletableFuture<InetAddress[]>> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            LOOKUPS_AT_ONCE,
            Thread.ofPlatform().name("halftone-dns-", 0).daemon().factory());

    GuardedDns(AddressPolicy policy, Lookup lookup) {
        this.policy = policy;
        this.lookup = lookup;
    }

    /// @param host a name, or an address with or without brackets, which is never looked up
    /// @throws AddressPolicy.Blocked when the policy forbids any of the addresses
    /// @throws UnknownHostException when there is none, or no answer within five seconds
    List<InetSocketAddress> resolve(String host, int port, Duration within) throws IOException {
        Optional<IpAddress> literal = OutboundAllow.literalOf(host);
        InetAddress[] answer = literal.isPresent()
                ? new InetAddress[] {literal.get().inet()}
                : answerFor(host, within.compareTo(LONGEST) < 0 ? within : LONGEST);
        // Of a literal, the bits as written are judged: the JDK has made IPv4 of an IPv4-mapped one.
        if (literal.isPresent() && !policy.mayDial(host, port, literal.get())) {
            throw new AddressPolicy.Blocked();
        }
        List<InetSocketAddress> dialled = new ArrayList<>();
        for (InetAddress address : answer) {
            if (!policy.mayDial(host, port, IpAddress.of(address))) {
                throw new AddressPolicy.Blocked();
            }
            dialled.add(new InetSocketAddress(address, port));
        }
        return dialled;
    }

    private InetAddress[] answerFor(String host, Duration within) throws IOException {
        try {
            InetAddress[] answer = lookUp(host).get(within.toNanos(), TimeUnit.NANOSECONDS);
            if (answer.length == 0) {
                throw new UnknownHostException("the name has no address");
            }
            return answer;
        } catch (ExecutionException e) {
            throw (UnknownHostException) new UnknownHostException("the name did not resolve").initCause(e.getCause());
        } catch (TimeoutException e) {
            throw (UnknownHostException) new UnknownHostException("no answer in time").initCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(e);
        }
    }

    private CompletableFuture<InetAddress[]> lookUp(String host) {
        CompletableFuture<InetAddress[]> mine = new CompletableFuture<>();
        CompletableFuture<InetAddress[]> other = running.putIfAbsent(host, mine);
        if (other != null) {
            return other;
        }
        threads.execute(() -> {
            try {
                mine.complete(lookup.addressesOf(host));
            } catch (UnknownHostException | RuntimeException e) {
                mine.completeExceptionally(e);
            } finally {
                running.remove(host, mine);
            }
        });
        return mine;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
