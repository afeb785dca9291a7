package dev.halftone.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.app.journey.Api;
import dev.halftone.app.journey.Program;
import java.util.List;
import java.util.stream.IntStream;

/// What a batch must look like from outside when it has ended, whatever happened on the way.
final class Whole {
    private Whole() {}

    /// The counts are those of the host's pictures, the output CSV has every row in its order and every place
    /// filled that can be, and one output of each row is there to be fetched.
    static void check(DoomedService service, JsonNode status, String batch, int items) throws Exception {
        int good = (int) IntStream.range(0, items).filter(service.host::isGood).count();
        assertThat(status.get("status").asText()).isEqualTo("completed");
        assertThat(status.at("/counts/completed").asInt()).isEqualTo(good);
        assertThat(status.at("/counts/failed").asInt()).isEqualTo(items - good);
        assertThat(status.at("/counts/pending").asInt()).isZero();
        assertThat(status.at("/counts/processing").asInt()).isZero();
        try (Api api = service.api()) {
            List<String> lines = api.get("/api/batches/" + batch + "/output.csv")
                    .body()
                    .lines()
                    .skip(1)
                    .toList();
            assertThat(lines).hasSize(items / 5);
            for (int row = 0; row < lines.size(); row++) {
                String line = lines.get(row);
                assertThat(line).startsWith((row + 1) + ",P" + (row + 1) + ",");
                String outputs = line.substring(line.lastIndexOf(",\"") + 2, line.length() - 1);
                List<String> each = List.of(outputs.split(", ", -1));
                assertThat(each).hasSize(5);
                for (int i = 0; i < 5; i++) {
                    assertThat(each.get(i).isEmpty()).as(line).isEqualTo(!service.host.isGood(5 * row + i));
                    if (i == row % 5 && service.host.isGood(5 * row + i)) {
                        assertThat(api.bytes(each.get(i))).isNotEmpty();
                    }
                }
            }
        }
        everythingElseToo(service);
    }

    /// The oracle, over all rows and all objects. A service that was killed in the middle of a submission
    /// leaves the file behind, which the daily sweep deletes; nothing else may be found.
    private static void everythingElseToo(DoomedService service) throws Exception {
        Program.Ended verified = service.command("verify", "--settled", "--json");
        assertThat(verified.status()).as(verified.out() + verified.err()).isLessThan(2);
        for (JsonNode finding : new ObjectMapper().readTree(verified.out()).get("findings")) {
            assertThat(finding.get("check").asText()).as(finding.toString()).isEqualTo("object_without_row");
            assertThat(finding.get("where").asText()).as(finding.toString()).startsWith("object uploads/");
        }
    }
}
