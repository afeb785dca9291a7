package dev.halftone.app.hostile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A name server (RFC 1035) for one small zone, on 127.0.0.1:53: names whose addresses are public, private,
/// both, and one whose answer is another at every question.
final class NameServer implements AutoCloseable {
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int AAAA = 28;
    private static final String REBINDING = "rebind.example.com";

    private static final Map<String, List<String>> ZONE = Map.of(
            "img.example.com", List.of(WholeInternet.IMAGE_HOST),
            "priv.example.com", List.of("10.0.0.5"),
            "mixed.example.com", List.of(WholeInternet.IMAGE_HOST, "127.0.0.1"),
            "v6loop.example.com", List.of(WholeInternet.IMAGE_HOST, "::1"),
            "metadata.google.internal", List.of("169.254.169.254"),
            "nat64.example.com", List.of("64:ff9b::a00:1"),
            "127.0.0.1.nip.io", List.of("127.0.0.1"),
            "mapped.example.com", List.of("::ffff:10.0.0.5"));

    private static final Map<String, String> ALIASES = Map.of("cname.example.com", "metadata.google.internal");

    private final DatagramSocket socket;
    private final AtomicInteger rebindings = new AtomicInteger();

    NameServer() throws IOException {
        socket = new DatagramSocket(53, InetAddress.getByName("127.0.0.1"));
        Thread.ofPlatform().daemon().name("name-server").start(this::serve);
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                socket.receive(question);
                byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private byte[] answer(byte[] question) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (question[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
            at += 1 + question[at];
        }
        int type = question[at + 1] << 8 | question[at + 2];
        int end = at + 5;
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        int count = records(name.toString(), type, new DataOutputStream(records));
        ByteBuffer answer = ByteBuffer.allocate(end + records.size());
        answer.put(question, 0, end).put(records.toByteArray());
        // An answer of an authority, with recursion; 3 says that there is no such name.
        answer.putShort(2, (short) (0x8580 | (isKnown(name.toString()) ? 0 : 3)));
        answer.putShort(6, (short) count).putInt(8, 0);
        return answer.array();
    }

    private static boolean isKnown(String name) {
        return ZONE.containsKey(name) || ALIASES.containsKey(name) || name.equals(REBINDING);
    }

    private int records(String name, int type, DataOutputStream out) throws IOException {
        int count = 0;
        if (ALIASES.containsKey(name)) {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            for (String label : ALIASES.get(name).split("\\.")) {
                target.write(label.length());
                target.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
            }
            target.write(0);
            record(out, "", CNAME, target.toByteArray());
            count++;
        }
        for (String address : addresses(ALIASES.getOrDefault(name, name), type)) {
            byte[] bytes = address.startsWith("::ffff:")
                    ? mapped(address)
                    : InetAddress.getByName(address).getAddress();
            if (bytes.length == (type == A ? 4 : type == AAAA ? 16 : -1)) {
                record(out, ALIASES.getOrDefault(name, ""), type, bytes);
                count++;
            }
        }
        return count;
    }

    private List<String> addresses(String name, int type) {
        if (name.equals(REBINDING)) {
            int asked = type == A ? rebindings.getAndIncrement() : rebindings.get();
            return List.of(asked == 0 ? WholeInternet.IMAGE_HOST : "127.0.0.1");
        }
        return ZONE.getOrDefault(name, List.of());
    }

    /// The JDK would make IPv4 of it.
    private static byte[] mapped(String address) throws IOException {
        byte[] v4 = InetAddress.getByName(address.substring("::ffff:".length())).getAddress();
        return ByteBuffer.allocate(16)
                .putShort(10, (short) -1)
                .position(12)
                .put(v4)
                .array();
    }

    /// @param owner empty for the name that was asked for
    private static void record(DataOutputStream out, String owner, int type, byte[] data) throws IOException {
        if (owner.isEmpty()) {
            out.writeShort(0xc00c);
        } else {
            for (String label : owner.split("\\.")) {
                out.writeByte(label.length());
                out.writeBytes(label);
            }
            out.writeByte(0);
        }
        out.writeShort(type);
        out.writeShort(1);
        out.writeInt(0);
        out.writeShort(data.length);
        out.write(data);
    }

    @Override
    public void close() {
        socket.close();
    }
}
