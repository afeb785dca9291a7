package dev.halftone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.app.config.Setting;
import dev.halftone.app.config.Settings;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.RowProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

    @Test
    void everyOptionIsDocumented() throws IOException {
        String page = page("http.md");

        assertThat(OptionsReader.NAMES).allMatch(name -> page.contains("`" + name + "`"));
    }

    @Test
    void everyOptionOfABatchIsAFlagOfCompressAndDocumented() throws IOException {
        String page = page("command-line.md");
        var compress =
                Objects.requireNonNull(Main.commandLine().getSubcommands().get("compress"));
        var flags = compress.getCommandSpec().optionsMap();
        // One run here has no label, tells nobody, gives no report; a dry run would only read the file.
        List<String> served = List.of("webhookUrl", "name", "dryRun", "duplicates");

        assertThat(OptionsReader.NAMES)
                .filteredOn(name -> !served.contains(name))
                .allSatisfy(name -> {
                    String flag = "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
                    assertThat(flags).containsKey(flag);
                    assertThat(page).contains("`" + flag + "`");
                });
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

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            List<Path> all = Stream.concat(
                            pages.filter(path -> path.toString().endsWith(".md")),
                            Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md")
                                    .map(ROOT::resolve))
                    .toList();
            for (Path page : all) {
                Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)")
                        .matcher(Files.readString(page))
                        .results()
                        .map(match -> match.group(1))
                        .filter(target -> !target.startsWith("http"))
                        .forEach(target -> assertThat(page.resolveSibling(target))
                                .as("link %s in %s", target, page.getFileName())
                                .exists());
            }
        }
    }
}
