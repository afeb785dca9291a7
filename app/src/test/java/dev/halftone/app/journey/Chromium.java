package dev.halftone.app.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The browser that tests look with.
public final class Chromium {
    private Chromium() {}

    /// @param dom the page as the browser holds it, where it was asked to dump that
    /// @param said what it complained of
    public record Seen(String dom, String said) {}

    /// Opens one page and ends.
    ///
    /// @param folder for the browser's own files
    /// @param options such as `--dump-dom`
    public static Seen look(Path folder, String address, String... options) throws Exception {
        Path log = folder.resolve("chromium.log");
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("chromium")));
        command.addAll(List.of(options));
        command.add(address);
        Process browser =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        String dom = new String(browser.getInputStream().readAllBytes(), UTF_8);
        int status = browser.waitFor();
        String said = Files.readString(log);
        assertThat(status).as(said).isZero();
        return new Seen(dom, said);
    }
}
