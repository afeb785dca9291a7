package dev.halftone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.http.access.Access;
import dev.halftone.adapters.http.access.AccessTable;
import dev.halftone.app.config.Setting;
import dev.halftone.app.config.Settings;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.transform.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every name in the reference pages exists, and every name that exists stands in them.
class DocumentationTest {
    private static final Path ROOT = Path.of(System.getProperty("halftone.root", ".."));

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve("docs/reference").resolve(name));
    }

    /// The first column of the page's tables, where it is one name in back-quotes.
    private static TreeSet<String> firstColumn(String page) {
        return Pattern.compile("(?m)^\\| `([^`]+)`")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everySettingIsDocumentedWithItsDefault() throws IOException {
        String page = page("configuration.md");

        assertThat(firstColumn(page))
                .isEqualTo(Settings.ALL.stream().map(Setting::variable).collect(Collectors.toCollection(TreeSet::new)));
        for (Setting setting : Settings.ALL) {
            assertThat(page)
                    .contains("| `" + setting.variable() + "` | "
                            + (setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`") + " | "
                            + setting.meaning()
                            + " |");
        }
    }

    @Test
    void everyFailureCodeIsDocumentedWithItsAdvice() throws IOException {
        String page = page("failure-codes.md");

        assertThat(firstColumn(page))
                .isEqualTo(Arrays.stream(FailureCode.values())
                        .map(FailureCode::wire)
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (FailureCode code : FailureCode.values()) {
            assertThat(page)
                    .contains("| `" + code.wire() + "` | " + (code.retryable() ? "again " : "") + "| " + code.advice()
                            + " |");
        }
    }

    @Test
    void everyProblemOfAFileIsDocumented() throws IOException {
        String page = page("csv.md");

        assertThat(Arrays.stream(ManifestRefused.Reason.values()).map(ManifestRefused.Reason::wire))
                .allMatch(wire -> page.contains("`" + wire + "`"));
        assertThat(Arrays.stream(RowProblem.Code.values()).map(RowProblem.Code::wire))
                .allMatch(wire -> page.contains("`" + wire + "`"));
    }

    /// `format`, `compress` and `strip` are no operations on pixels: they say how the result is written.
    @Test
    void everyOperationIsDocumentedWithAnExample() throws IOException {
        String page = page("operations.md");
        TreeSet<String> known = Arrays.stream(Operation.class.getPermittedSubclasses())
                .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
                .map(name -> name.equals("cropto")
                        ? "crop"
                        : name.equals("cutout") ? "removebackground" : name.endsWith("mark") ? "watermark" : name)
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(List.of("format", "compress", "strip"));

        assertThat(page).contains("| operation | does |");
        String table = page.substring(page.indexOf("| operation | does |"), page.indexOf("## resize"));
        assertThat(firstColumn(table)).isEqualTo(known);
        known.removeAll(List.of("format", "compress", "strip"));
        assertThat(known)
                .allSatisfy(name ->
                        assertThat(page).contains("\n## " + name + "\n").contains("{\"operation\": \"" + name + "\""));
    }

    @Test
    void everyOptionIsDocumented() throws IOException {
        String page = page("http.md");

        assertThat(OptionsReader.NAMES).allMatch(name -> page.contains("`" + name + "`"));
    }

    @Test
    void everyParameterOfATransformIsDocumented() throws IOException {
        String page = page("url-transforms.md");
        String table = page.substring(page.indexOf("## Parameters"), page.indexOf("- **Sizes.**"));

        assertThat(table.lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(Arrays.stream(Parameter.values())
                        .map(DocumentationTest::row)
                        .toList());
    }

    private static String row(Parameter parameter) {
        return Stream.of(
                        quoted(parameter.wire()),
                        parameter.alias().map(DocumentationTest::quoted).orElse(""),
                        parameter.expected(),
                        parameter.standard().map(DocumentationTest::quoted).orElse(""),
                        parameter.meaning())
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }

    @Test
    void everyOptionOfABatchIsAFlagOfCompressAndDocumented() throws IOException {
        String page = page("command-line.md");
        var compress =
                Objects.requireNonNull(Main.commandLine().getSubcommands().get("compress"));
        var flags = compress.getCommandSpec().optionsMap();
        // One run on this machine has no label, tells nobody, names files after products, keeps nothing, gives no
        // report
        // and has no other batch beside it; a dry run of it would only read the file.
        List<String> served = List.of(
                "webhookUrl",
                "webhookProgress",
                "name",
                "outputNames",
                "dryRun",
                "duplicates",
                "priority",
                "retention");

        assertThat(OptionsReader.NAMES)
                .filteredOn(name -> !served.contains(name))
                .allSatisfy(name -> {
                    String flag = "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
                    assertThat(flags).containsKey(flag);
                    assertThat(page).contains("`" + flag + "`");
                });
    }

    @Test
    void everyRouteIsDocumentedWithWhomItLetsIn() throws IOException {
        String page = page("http.md");
        Map<String, String> rows = page.substring(page.indexOf("## Who may ask"), page.indexOf("## Batches"))
                .lines()
                .filter(line -> line.matches("\\| (open|address|key|page) \\|.*"))
                .collect(Collectors.toMap(line -> line.split(" ")[1], line -> line.substring(line.lastIndexOf(" | "))));

        for (Access access : Access.values()) {
            Set<String> documented = Pattern.compile("`([A-Z]+ /[^`]*)`")
                    .matcher(rows.getOrDefault(access.name().toLowerCase(Locale.ROOT), ""))
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
            assertThat(documented)
                    .as(access.name())
                    .isEqualTo(AccessTable.all().entrySet().stream()
                            .filter(route -> route.getValue() == access)
                            .map(route -> route.getKey().replace('<', '{').replace('>', '}'))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void everyCommandIsDocumented() throws IOException {
        TreeSet<String> documented = Pattern.compile("(?m)^\\| `\\./halftone ([a-z]+)")
                .matcher(page("command-line.md"))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> known =
                new TreeSet<>(Main.commandLine().getSubcommands().keySet());
        known.addAll(List.of("test", "bench"));

        assertThat(documented).isEqualTo(known);
    }

    /// As the code that answers with them has them: beside their status, or in a call for a field.
    @Test
    void everyCodeOfAProblemIsDocumented() throws IOException {
        Pattern code = Pattern.compile("(?:plain|ProblemJson\\.of)\\(\\s*\\d{3},\\s*\"([a-z_]+)\""
                + "|(?:badField|later)\\([^;]*?\"([a-z]+_[a-z_]+)\"");
        TreeSet<String> codes = Arrays.stream(FailureCode.values())
                .map(FailureCode::wire)
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> sources = Files.walk(ROOT.resolve("adapters/src/main/java/dev/halftone/adapters/http"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                code.matcher(Files.readString(source))
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .forEach(codes::add);
            }
        }
        String page = page("http.md");
        String problems = page.substring(page.indexOf("## When it can't answer"));

        assertThat(codes)
                .contains("not_found", "invalid_parameter", "rate_exceeded")
                .hasSizeGreaterThan(50);
        assertThat(codes).allMatch(one -> problems.contains("`" + one + "`"));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            List<Path> all = Stream.concat(
                            pages.filter(path -> path.toString().endsWith(".md")),
                            Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
                                    .map(ROOT::resolve))
                    .toList();
            assertThat(all).hasSizeGreaterThan(30);
            for (Path page : all) {
                List<String> links = Pattern.compile("\\]\\(([^)]+)\\)")
                        .matcher(Files.readString(page))
                        .results()
                        .map(match -> match.group(1))
                        .filter(link -> !link.startsWith("http"))
                        .toList();
                for (String link : links) {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                    assertThat(target)
                            .as("link %s in %s", link, page.getFileName())
                            .exists();
                    if (parts.length == 2) {
                        assertThat(anchors(target))
                                .as("link %s in %s", link, page.getFileName())
                                .contains(parts[1]);
                    }
                }
            }
        }
    }

    /// What headings are linked by: in small letters, words joined by hyphens.
    private static Set<String> anchors(Path page) throws IOException {
        return Pattern.compile("(?m)^#+ (.+)$")
                .matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
