package dev.halftone.adapters.storage.s3;

import dev.halftone.adapters.fault.Listener;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands between the SDK and an S3 server and spoils the requests it is told to, one after the other; the
/// others pass unchanged, so that their signatures hold. One request a connection.
final class FaultyLink extends Listener {
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *(\\d+)");

    /// What happens to a request.
    sealed interface Fault {
        /// It passes.
        record None() implements Fault {}

        /// It is answered here and never arrives.
        record Refuse(int status, String code) implements Fault {}

        /// It arrives and is done, and the answer says otherwise.
        record DoneButRefused(int status) implements Fault {}

        /// The connection is reset after so many bytes of the body; nothing arrives.
        record Reset(int bytes) implements Fault {}

        /// The body trickles in, so many bytes a second; nothing arrives.
        record Slow(int bytesPerSecond) implements Fault {}
    }

    private record Planned(Predicate<String> requests, Queue<Fault> faults) {}

    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final Queue<Planned> plans = new ConcurrentLinkedQueue<>();
    private final URI target;

    FaultyLink(URI target) throws IOException {
        this.target = target;
        listen();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /// Spoils the next requests that begin like this, such as `PUT`.
    void spoil(String beginning, Fault... faults) {
        plans.add(new Planned(head -> head.startsWith(beginning), new ConcurrentLinkedQueue<>(List.of(faults))));
    }

    /// Spoils requests whose first line contains this.
    void spoilContaining(String part, Fault... faults) {
        plans.add(new Planned(
                head -> head.lines().findFirst().orElse("").contains(part),
                new ConcurrentLinkedQueue<>(List.of(faults))));
    }

    /// Lets everything pass from now on.
    void heal() {
        plans.clear();
    }

    /// The heads of all requests so far that begin like this.
    List<String> heads(String beginning) {
        return heads.stream().filter(head -> head.startsWith(beginning)).toList();
    }

    @Override
    protected void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            heads.add(head);
            if (head.toLowerCase(java.util.Locale.ROOT).contains("expect: 100-continue")) {
                client.getOutputStream().write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
            }
            Matcher length = LENGTH.matcher(head);
            int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
            switch (next(head)) {
                case Fault.None() -> client.getOutputStream().write(forward(head, in.readNBytes(bytes)));
                case Fault.Refuse(int status, String code) -> {
                    in.skipNBytes(bytes);
                    client.getOutputStream().write(answer(status, code));
                }
                case Fault.DoneButRefused(int status) -> {
                    forward(head, in.readNBytes(bytes));
                    client.getOutputStream().write(answer(status, "InternalError"));
                }
                case Fault.Reset(int after) -> {
                    in.skipNBytes(Math.min(after, bytes));
                    client.setSoLinger(true, 0);
                }
                case Fault.Slow(int bytesPerSecond) -> {
                    for (int left = bytes; left > 0 && in.read() >= 0; left--) {
                        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
                    }
                }
            }
        } catch (IOException gone) {
            // The SDK gave up on this one.
        }
    }

    private Fault next(String head) {
        for (Planned plan : plans) {
            if (plan.requests().test(head)) {
                Fault fault = plan.faults().poll();
                if (fault != null) {
                    return fault;
                }
            }
        }
        return new Fault.None();
    }

    private byte[] forward(String head, byte[] body) throws IOException {
        try (Socket server = new Socket(target.getHost(), target.getPort())) {
            OutputStream out = server.getOutputStream();
            String once = head.replaceAll("(?im)^(Connection|Expect):.*\r\n", "")
                    .replaceFirst("\r\n", "\r\nConnection: close\r\n");
            out.write(ascii(once));
            out.write(body);
            out.flush();
            return server.getInputStream().readAllBytes();
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int end = 0;
        for (int one = in.read(); one >= 0; one = in.read()) {
            head.write(one);
            end = one == '\n' ? end + 1 : one == '\r' ? end : 0;
            if (end == 2) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static byte[] answer(int status, String code) {
        String body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>spoiled</Message></Error>";
        return ascii("HTTP/1.1 " + status + " Spoiled\r\nContent-Type: application/xml\r\nConnection: close\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
