package dev.halftone.app.cli;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.config.Setting;
import dev.halftone.app.config.Settings;
import dev.halftone.app.wiring.Halftone;
import dev.halftone.domain.batch.BatchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs one batch in this process: CSV in, images and CSV out.
@Command(
        name = "compress",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compresses every image of a CSV on this machine and writes the CSV again with 'Output Image Urls'.",
            "Images may be http(s) addresses, file:// addresses, or paths relative to the CSV.",
            ""
        },
        footer = {"", "Exit status: 0 all images done, 1 some failed or were skipped, 2 refused."})
public final class CompressCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.csv", description = "The CSV: S. No., Product Name, Input Image Urls.")
    private Path csv;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The CSV to write (default: NAME-output.csv beside it).")
    private @Nullable Path out;

    @Option(names = "--images", paramLabel = "DIR", description = "Folder for the images (default: NAME-images).")
    private @Nullable Path images;

    @Mixin
    private final CompressionFlags compression = new CompressionFlags();

    @Option(
            names = "--details",
            description = "Add the columns Status, Errors, Input Bytes, Output Bytes, Saved %%, Notes.")
    private boolean details;

    @Option(names = "--raw", description = "Leave cells that a spreadsheet would run as they are.")
    private boolean raw;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Write URL/NAME into the CSV, for images you will upload there (default: file:// addresses).")
    private @Nullable String baseUrl;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the embedded database (default: ./data).")
    private @Nullable Path data;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(csv)) {
            throw new CommandRefused(
                    Files.isDirectory(csv) ? csv + " is a folder, not a CSV file." : "there is no file " + csv + ".");
        }
        BatchOptions options = compression.options();
        CompressJob job = new CompressJob(csv, outFile(), imagesDir(), baseUrl(), options, style());
        Console console =
                new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), quiet);
        try (Halftone halftone =
                Halftone.forOneRun(config(), csv.toAbsolutePath().normalize().resolveSibling(""))) {
            return new CompressRun(halftone, console).run(job);
        }
    }

    /// The results are written beside the CSV, so nothing goes to a bucket on the way, whatever a service
    /// here uses.
    private HalftoneConfig config() {
        Map<Setting, String> overrides = data == null
                ? Map.of(Settings.STORAGE, "file")
                : Map.of(Settings.STORAGE, "file", Settings.DATA_DIR, data.toString());
        return ConfigReader.read(Environment.read(System.getenv(), overrides, Path.of("")));
    }

    private dev.halftone.domain.manifest.OutputStyle style() {
        return new dev.halftone.domain.manifest.OutputStyle(details, raw);
    }

    private Path outFile() throws IOException {
        Path file = out != null ? out : csv.resolveSibling(stem() + "-output.csv");
        if (Files.exists(file) && Files.isSameFile(file, csv)) {
            throw new CommandRefused("--out is the input itself; name another file.");
        }
        return file.toAbsolutePath().normalize();
    }

    private Path imagesDir() {
        Path folder = images != null ? images : csv.resolveSibling(stem() + "-images");
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new CommandRefused("--images " + folder + " is a file, not a folder.");
        }
        return folder.toAbsolutePath().normalize();
    }

    private String baseUrl() {
        return baseUrl == null ? "" : baseUrl.replaceAll("/+$", "");
    }

    private String stem() {
        String name = String.valueOf(csv.getFileName());
        return name.toLowerCase(Locale.ROOT).endsWith(".csv") ? name.substring(0, name.length() - 4) : name;
    }
}
