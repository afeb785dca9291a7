package dev.halftone.adapters.storage.cloudinary;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Cloudinary's upload API as its documentation describes it, on loopback: upload (whole or in pieces),
/// download and delete, each refused unless its signature is right; the listing of its admin API; and delivery of
/// images to everybody.
final class LoopbackCloudinary implements AutoCloseable {
    static final String CLOUD = "shop";
    static final CloudinarySettings.Credentials KEYS =
            new CloudinarySettings.Credentials("1234567890", "s3cr3t-of-the-tests");

    private static final Set<String> UNSIGNED = Set.of("file", "api_key", "signature", "cloud_name", "resource_type");
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(-?\\d+)");

    @SuppressWarnings("ArrayRecordComponent")
    record Asset(byte[] bytes, Map<String, String> parameters, Instant stored) {}

    /// What happens to a request instead.
    ///
    /// @param done whether it is done all the same
    record Fault(int status, String message, boolean done) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Asset> assets = new ConcurrentHashMap<>();
    private final Map<String, ByteArrayOutputStream> pieces = new ConcurrentHashMap<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private volatile boolean tellsLength = true;

    LoopbackCloudinary() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    CloudinarySettings settings() {
        return new CloudinarySettings(CLOUD, KEYS, "", address(), URI.create(address() + "/" + CLOUD));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// By `type/publicId`, such as `image/upload/jpg/a`.
    Map<String, Asset> assets() {
        return assets;
    }

    /// What an asset was uploaded with.
    Map<String, String> parameters(String asset) {
        return java.util.Objects.requireNonNull(assets.get(asset), asset).parameters();
    }

    Queue<String> requests() {
        return requests;
    }

    void spoil(Fault fault) {
        faults.add(fault);
    }

    void hideLengths() {
        tellsLength = false;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fault fault = faults.poll();
            if (fault != null && !fault.done()) {
                send(exchange, fault.status(), error(fault.message()));
                return;
            }
            String[] parts = path.split("/");
            if (path.startsWith("/v1_1/" + CLOUD + "/resources/") && parts.length == 6) {
                list(exchange, parts[4] + "/" + parts[5] + "/");
            } else if (path.startsWith("/v1_1/" + CLOUD + "/") && parts.length == 5) {
                api(exchange, parts[3], parts[4], body, fault);
            } else if (path.startsWith("/" + CLOUD + "/image/upload/v1/")) {
                deliver(exchange, path.substring(("/" + CLOUD + "/image/upload/v1/").length()));
            } else {
                send(exchange, 404, error("Resource not found"));
            }
        }
    }

    private void api(HttpExchange exchange, String resource, String action, byte[] body, Fault fault)
            throws IOException {
        Map<String, byte[]> fields = action.equals("download")
                ? query(exchange.getRequestURI().getRawQuery())
                : multipart(exchange.getRequestHeaders().getFirst("Content-Type"), body);
        Map<String, String> signed = new TreeMap<>();
        fields.forEach((name, value) -> signed.put(name, new String(value, StandardCharsets.UTF_8)));
        byte[] file = fields.getOrDefault("file", new byte[0]);
        String refusal = refusal(signed);
        if (!refusal.isEmpty()) {
            send(exchange, 401, error(refusal));
            return;
        }
        String id = resource + "/" + signed.getOrDefault("type", "upload") + "/" + signed.get("public_id");
        switch (action) {
            case "upload" -> upload(exchange, id, file, signed);
            case "destroy" -> assets.remove(id);
            case "download" -> {
                download(exchange, id);
                return;
            }
            default -> {
                send(exchange, 404, error("no such action"));
                return;
            }
        }
        if (fault != null) {
            send(exchange, fault.status(), error(fault.message()));
        } else {
            send(exchange, 200, "{\"result\":\"ok\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Assets of a type in order of their public ids; the cursor is the last of the page before.
    private void list(HttpExchange exchange, String type) throws IOException {
        String keys = Base64.getEncoder()
                .encodeToString((KEYS.apiKey() + ":" + KEYS.apiSecret()).getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + keys).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, error("Invalid credentials"));
            return;
        }
        Map<String, String> asked = new TreeMap<>(Map.of("prefix", "", "max_results", "10", "next_cursor", ""));
        String query = exchange.getRequestURI().getRawQuery();
        if (query != null) {
            query(query).forEach((name, value) -> asked.put(name, new String(value, StandardCharsets.UTF_8)));
        }
        int most = Math.min(500, Integer.parseInt(asked.get("max_results")));
        List<String> found = assets.keySet().stream()
                .filter(id -> id.startsWith(type + asked.get("prefix")))
                .filter(id -> id.compareTo(type + asked.get("next_cursor")) > 0)
                .sorted()
                .limit(most + 1L)
                .toList();
        String shown = found.stream().limit(most).map(id -> asset(id, type)).collect(Collectors.joining(","));
        String next = found.size() <= most
                ? ""
                : ",\"next_cursor\":\"" + found.get(most - 1).substring(type.length()) + "\"";
        send(exchange, 200, ("{\"resources\":[" + shown + "]" + next + "}").getBytes(StandardCharsets.UTF_8));
    }

    private String asset(String id, String type) {
        Asset asset = java.util.Objects.requireNonNull(assets.get(id));
        return "{\"public_id\":\"%s\",\"version\":%d,\"bytes\":%d,\"created_at\":\"2020-01-01T00:00:00Z\"}"
                .formatted(id.substring(type.length()), asset.stored().getEpochSecond(), asset.bytes().length);
    }

    private void upload(HttpExchange exchange, String id, byte[] file, Map<String, String> parameters) {
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        byte[] whole = file;
        if (range != null) {
            Matcher place = RANGE.matcher(range);
            String upload = exchange.getRequestHeaders().getFirst("X-Unique-Upload-Id");
            ByteArrayOutputStream sofar = pieces.computeIfAbsent(upload, key -> new ByteArrayOutputStream());
            if (!place.matches()
                    || sofar.size() != Long.parseLong(place.group(1))
                    || sofar.size() + file.length - 1 != Long.parseLong(place.group(2))) {
                throw new IllegalStateException("a piece in the wrong place: " + range);
            }
            sofar.writeBytes(file);
            if (place.group(3).equals("-1")) {
                return;
            }
            pieces.remove(upload);
            whole = sofar.toByteArray();
        }
        assets.put(
                id,
                new Asset(whole, Map.copyOf(parameters), InstantSource.system().instant()));
    }

    private void download(HttpExchange exchange, String id) throws IOException {
        Asset asset = assets.get(id);
        if (asset == null) {
            send(exchange, 404, error("Resource not found"));
            return;
        }
        exchange.sendResponseHeaders(200, tellsLength ? asset.bytes().length == 0 ? -1 : asset.bytes().length : 0);
        if (asset.bytes().length > 0) {
            exchange.getResponseBody().write(asset.bytes());
        }
    }

    private void deliver(HttpExchange exchange, String name) throws IOException {
        int dot = name.lastIndexOf('.');
        Asset asset = assets.get("image/upload/" + name.substring(0, dot));
        if (asset == null || !name.startsWith(name.substring(dot + 1) + "/")) {
            send(exchange, 404, error("Resource not found"));
        } else {
            send(exchange, 200, asset.bytes());
        }
    }

    /// Why the request is refused; empty when it is not.
    private static String refusal(Map<String, String> fields) {
        if (!KEYS.apiKey().equals(fields.get("api_key"))) {
            return "unknown api_key";
        }
        long age = InstantSource.system().instant().getEpochSecond()
                - Long.parseLong(fields.getOrDefault("timestamp", "0"));
        if (Math.abs(age) > Duration.ofHours(1).toSeconds()) {
            return "Stale request";
        }
        String toSign = fields.entrySet().stream()
                .filter(field -> !UNSIGNED.contains(field.getKey()))
                .map(field -> field.getKey() + "=" + field.getValue().replace("&", "%26"))
                .collect(Collectors.joining("&"));
        return sha1(toSign + KEYS.apiSecret()).equals(fields.get("signature"))
                ? ""
                : "Invalid Signature. String to sign - '" + toSign + "'.";
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, byte[]> query(String query) {
        Map<String, byte[]> fields = new TreeMap<>();
        for (String pair : query.split("&")) {
            String[] both = pair.split("=", 2);
            fields.put(
                    both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static Map<String, byte[]> multipart(String contentType, byte[] body) {
        Map<String, byte[]> fields = new TreeMap<>();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String mark = "--" + contentType.replaceFirst(".*boundary=\"?([^\";]+).*", "$1");
        for (int at = text.indexOf(mark); at >= 0; ) {
            int head = at + mark.length() + 2;
            int end = text.indexOf("\r\n" + mark, head);
            if (end < 0) {
                return fields;
            }
            int content = text.indexOf("\r\n\r\n", head) + 4;
            String name = text.substring(head, content).replaceFirst("(?s).*?name=\"([^\"]*)\".*", "$1");
            fields.put(name, java.util.Arrays.copyOfRange(body, content, end));
            at = end + 2;
        }
        return fields;
    }

    private static byte[] error(String message) {
        return ("{\"error\":{\"message\":\"" + message + "\"}}").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
