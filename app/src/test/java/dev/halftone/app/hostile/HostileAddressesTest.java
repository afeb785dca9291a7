package dev.halftone.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.outbound.AddressPolicy;
import dev.halftone.adapters.outbound.OutboundAllow;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.process.ChildJvm;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every address of the corpus, and some more, by every door: batches, webhooks, single images. The service
/// runs with production's settings in a network namespace in which every address there is leads to a listener,
/// so that what is dialled is seen, whatever is said of it. Making one takes root and Linux; elsewhere the
/// policy alone is asked.
class HostileAddressesTest {
    private static final Path CORPUS =
            Path.of(System.getProperty("halftone.root"), "..", "shared", "corpora", "ssrf_urls.tsv");

    private static final Set<String> DOORS = Set.of("batch", "pipeline", "fetch", "webhook");

    private static final String NAMESPACE = """
            ip link set lo up
            ip route add local 0.0.0.0/0 dev lo
            ip -6 route add local ::/0 dev lo
            echo 'nameserver 127.0.0.1' > "$1/resolv.conf"
            echo 'hosts: files dns' > "$1/nsswitch.conf"
            mount --bind "$1/resolv.conf" /etc/resolv.conf
            mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf
            shift
            exec "$@"
            """;

    /// Whether all of that is allowed here.
    private static final String PROBE = """
            ip link set lo up
            ip route add local 0.0.0.0/0 dev lo
            ip -6 route add local ::/0 dev lo
            mount --bind /etc/resolv.conf /etc/resolv.conf
            """;

    @TempDir
    private Path folder;

    /// What became of an address.
    ///
    /// @param door where it went in
    /// @param ended `completed` or `failed`; of an upload the column
    private record End(String id, String door, String ended, String code, String detail) {}

    @Test
    void noAddressLeadsInside() throws Exception {
        if (!Files.exists(CORPUS)) {
            System.out.println("corpus: no hostile addresses beside the checkout; those of the test go alone");
        }
        List<AddressRow> rows = AddressRow.all(CORPUS);
        if (!namespaces()) {
            System.out.println("no network namespace can be made (it takes root and Linux): the policy alone is asked");
            assertThat(rows).filteredOn(row -> !isDecidedLater(row)).allMatch(row -> passes(row) == row.allowed());
            return;
        }
        List<List<String>> lines = run();

        assertThat(of(lines, "REACHED")).as("connections to what is not public").isEmpty();
        assertThat(of(lines, "SENT")).noneMatch(line -> line.get(1).startsWith("Host: evil"));
        List<End> ends = lines.stream()
                .filter(line -> line.size() == 5)
                .map(cells -> new End(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4)))
                .toList();
        assertEnds(rows, ends);
        assertOneAnswer(rows, ends);
    }

    private void assertEnds(List<AddressRow> rows, List<End> ends) {
        SoftAssertions softly = new SoftAssertions();
        for (AddressRow row : rows) {
            for (String door : DOORS) {
                List<End> mine = of(ends, end -> end.id.equals(row.id()) && end.door.equals(door));
                if (door.equals("batch") && row.isNoAddress()) {
                    softly.assertThat(mine).as("%s by %s", row, door).isEmpty();
                    continue;
                }
                // The messages of webhooks follow nobody.
                boolean lets =
                        row.allowed() && !(door.equals("webhook") && row.phase().equals("redirect"));
                softly.assertThat(mine)
                        .as("%s by %s", row, door)
                        .extracting(End::ended)
                        .containsExactly(lets ? "completed" : "failed");
            }
            List<End> refused = of(ends, end -> end.id.equals(row.id()) && end.door.equals("upload"));
            softly.assertThat(refused)
                    .as("%s in an upload", row)
                    .extracting(End::ended)
                    .isEqualTo(row.isNoAddress() ? List.of("Input Image Urls") : List.of());
        }
        softly.assertThat(of(ends, end -> end.id.startsWith("R")))
                .as("a name that leads elsewhere the second time")
                .extracting(End::ended)
                .containsExactly("completed", "failed");
        softly.assertAll();
    }

    /// Whether a name, an address or a redirect led inside, and where to: nobody can tell.
    private static void assertOneAnswer(List<AddressRow> rows, List<End> ends) {
        Set<String> hidden = new TreeSet<>();
        rows.stream()
                .filter(row -> !row.allowed())
                .filter(row -> !row.isNoAddress() && !row.phase().equals("redirect"))
                .forEach(row -> hidden.add(row.id()));
        hidden.addAll(List.of("P063", "E05", "E07", "E08", "E09", "E10", "R02"));
        List<End> blocked = of(ends, end -> hidden.contains(end.id) && end.ended.equals("failed"));
        assertThat(of(blocked, end -> !end.code.equals("http_status")))
                .allMatch(end -> end.code.equals("blocked_address"));
        for (String door : DOORS) {
            assertThat(of(blocked, end -> end.door.equals(door) && !end.code.equals("http_status")))
                    .as(door)
                    .extracting(End::detail)
                    .containsOnly(door.equals("webhook") ? "blocked_address" : "the address is not public");
        }
        assertThat(of(blocked, end -> end.code.equals("http_status")))
                .as("redirects of webhooks alone")
                .allMatch(end -> end.door.equals("webhook"));
    }

    private static List<End> of(List<End> ends, Predicate<End> which) {
        return ends.stream().filter(which).toList();
    }

    private static List<List<String>> of(List<List<String>> lines, String kind) {
        return lines.stream().filter(line -> line.getFirst().equals(kind)).toList();
    }

    private List<List<String>> run() throws Exception {
        Path report = folder.resolve("report.tsv");
        List<String> inside = ChildJvm.command(
                List.of(
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED"),
                AddressRun.class.getName(),
                CORPUS.toString(),
                folder.resolve("data").toString(),
                report.toString());
        Stream<String> around = Stream.of("unshare", "-n", "-m", "sh", "-ec", NAMESPACE, "sh", folder.toString());
        ChildJvm.run(Stream.concat(around, inside.stream()).toList(), folder.resolve("log.txt"));
        return Files.readAllLines(report).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    private static boolean namespaces() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-n", "-m", "sh", "-ec", PROBE)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isDecidedLater(AddressRow row) {
        return Set.of("dns", "redirect").contains(row.phase());
    }

    private static boolean passes(AddressRow row) {
        if (!(SourceUrl.parse(row.url()) instanceof SourceUrl.Parsed.Valid(SourceUrl url, boolean repaired))) {
            return false;
        }
        try {
            new AddressPolicy(OutboundAllow.none()).check(url);
            return true;
        } catch (HalftoneException refused) {
            return false;
        }
    }
}
