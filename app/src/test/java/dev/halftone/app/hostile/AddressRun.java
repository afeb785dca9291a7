package dev.halftone.app.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.journey.Api;
import dev.halftone.app.wiring.Halftone;
import dev.halftone.domain.source.SourceUrl;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;

/// The program inside the namespace: the name server, everybody else, and the service with the settings that
/// it has in production. Each address goes in by every door, and what became of it is written down.
final class AddressRun {
    private static final String REBINDING = "http://rebind.example.com/a.jpg";
    private static final String WORK = Api.encoded("[{\"operation\":\"convert\",\"params\":{\"type\":\"png\"}}]");
    private static final String GOOD = "S. No.,Product Name,Input Image Urls\n1,P,http://img.example.com/a.jpg\n";

    private final List<AddressRow> rows;
    private final Api api;
    private final List<String> ends = Collections.synchronizedList(new ArrayList<>());

    private AddressRun(List<AddressRow> rows, Api api) {
        this.rows = rows;
        this.api = api;
    }

    /// @param arguments the corpus, a folder for data, the file to write
    public static void main(String[] arguments) throws Exception {
        // Names are asked for each time, so that the answer can change between two questions.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Path data = Path.of(arguments[1]);
        List<AddressRow> rows = AddressRow.all(Path.of(arguments[0]));
        Map<String, String> settings = Map.of(
                "HALFTONE_PORT", "0", "HALFTONE_DATA_DIR", data.toString(), "HALFTONE_FETCH_ALLOW", hostsOf(rows));
        List<String> written;
        try (NameServer names = new NameServer();
                WholeInternet internet = new WholeInternet();
                Halftone halftone =
                        Halftone.forService(ConfigReader.read(Environment.read(settings, Map.of(), data)))) {
            halftone.startWorker();
            try (Api api = new Api(halftone.startServer())) {
                AddressRun run = new AddressRun(rows, api);
                run.everyDoor();
                written = new ArrayList<>(run.ends);
            }
            internet.forbidden().forEach(reached -> written.add("REACHED\t" + reached));
            internet.requests().forEach(line -> written.add("SENT\t" + line));
        }
        Files.write(Path.of(arguments[2]), written);
        System.exit(0);
    }

    /// An operator who lets everything be fetched: the guard has to hold alone.
    private static String hostsOf(List<AddressRow> rows) {
        TreeSet<String> hosts = new TreeSet<>(List.of("rebind.example.com", "[::ffff:10.0.0.5]"));
        for (AddressRow row : rows) {
            if (SourceUrl.parse(row.url()) instanceof SourceUrl.Parsed.Valid(SourceUrl url, boolean repaired)) {
                hosts.add(url.uri().getRawAuthority());
            }
        }
        return String.join(",", hosts);
    }

    private void everyDoor() throws Exception {
        List<Callable<Void>> doors = new ArrayList<>(List.of(this::upload, this::batch, this::rebinding));
        for (AddressRow row : rows) {
            doors.add(() -> pipeline(row));
            doors.add(() -> fetch(row));
            doors.add(() -> webhook(row));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Void> done : threads.invokeAll(doors)) {
                done.get();
            }
        }
    }

    private void note(String id, String door, String ended, JsonNode said) {
        String detail = said.path("detail").asText("") + said.path("error").asText("");
        ends.add(String.join(
                "\t",
                id,
                door,
                ended,
                said.path("code").asText(said.path("error").asText("")),
                detail));
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (AddressRow row : rows) {
            csv.append(row.id()).append(",P,\"").append(row.url()).append("\"\n");
        }
        return csv.toString();
    }

    private AddressRow ofLine(JsonNode said) {
        return rows.get(said.get("line").asInt() - 2);
    }

    /// Refused as a whole, with the line and column of each address that is none.
    private Void upload() throws Exception {
        HttpResponse<String> answer = api.submit(csv(), "?onInvalidRows=reject");
        for (JsonNode error : Api.json(answer).get("errors")) {
            note(ofLine(error).id(), "upload", error.path("column").asText("none"), error);
        }
        return null;
    }

    private Void batch() throws Exception {
        String id = Api.json(api.submit(csv(), "?onInvalidRows=skip"))
                .get("requestId")
                .asText();
        api.awaitEnd(id);
        for (JsonNode item :
                Api.json(api.get("/api/batches/" + id + "/items?limit=500")).get("items")) {
            note(ofLine(item).id(), "batch", item.get("status").asText(), item);
        }
        return null;
    }

    private HttpResponse<String> piped(String url) throws Exception {
        return api.post("/pipeline?operations=" + WORK + "&url=" + Api.encoded(url), "text/plain", "");
    }

    private Void pipeline(AddressRow row) throws Exception {
        answered(row.id(), "pipeline", piped(row.url()));
        return null;
    }

    private Void fetch(AddressRow row) throws Exception {
        answered(row.id(), "fetch", api.get("/fetch/" + Api.encoded(row.url()).replace("+", "%20") + "?w=20"));
        return null;
    }

    private void answered(String id, String door, HttpResponse<String> answer) throws Exception {
        boolean good = answer.statusCode() == 200;
        note(id, door, good ? "completed" : "failed", good ? MissingNode.getInstance() : Api.json(answer));
    }

    private Void webhook(AddressRow row) throws Exception {
        HttpResponse<String> answer = api.submit(GOOD, "?webhookUrl=" + Api.encoded(row.url()));
        JsonNode submitted = Api.json(answer);
        if (answer.statusCode() != 202) {
            note(row.id(), "webhook", "failed", submitted);
            return null;
        }
        String log = "/api/batches/" + submitted.get("requestId").asText() + "/deliveries";
        JsonNode first = Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> api.json(log).at("/deliveries/0/attempts/0"), attempt -> !attempt.isMissingNode());
        note(row.id(), "webhook", first.path("error").isTextual() ? "failed" : "completed", first);
        return null;
    }

    /// The same name twice: public, then loopback.
    private Void rebinding() throws Exception {
        answered("R01", "pipeline", piped(REBINDING));
        answered("R02", "pipeline", piped(REBINDING));
        return null;
    }
}
