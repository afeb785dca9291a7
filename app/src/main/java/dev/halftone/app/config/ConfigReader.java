package dev.halftone.app.config;

import dev.halftone.adapters.outbound.OutboundAllow;
import dev.halftone.adapters.postgres.sealing.SealingKey;
import dev.halftone.app.config.HalftoneConfig.DatabaseAddress;
import dev.halftone.domain.access.KeyLimits;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.manifest.ManifestLimits;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Turns what was set into a [HalftoneConfig], or says everything that is wrong with it at once.
public final class ConfigReader {

    private final SettingTexts texts;
    private final List<String> mistakes;

    private ConfigReader(Environment environment) {
        this.texts = new SettingTexts(environment);
        this.mistakes = texts.mistakes();
    }

    /// @throws ConfigRefused with every mistake
    public static HalftoneConfig read(Environment environment) {
        return new ConfigReader(environment).read();
    }

    private HalftoneConfig read() {
        texts.choice(Settings.LOG_LEVEL, "INFO", List.of("ERROR", "WARN", "INFO", "DEBUG"));
        String host = texts.text(Settings.HOST).orElse("127.0.0.1");
        ImageLimits images = ImageLimits.DEFAULT
                .withMaxBytes(texts.number(Settings.MAX_IMAGE_BYTES, 1, 1L << 30, ImageLimits.DEFAULT.maxBytes()))
                .withMaxPixels(
                        texts.number(Settings.MAX_IMAGE_PIXELS, 1, 268_000_000, ImageLimits.DEFAULT.maxPixels()));
        ManifestLimits manifest = new ManifestLimits(
                texts.number(Settings.MAX_CSV_BYTES, 1, 1L << 40, ManifestLimits.DEFAULT.maxBytes()),
                texts.number(Settings.MAX_ITEMS, 1, 100_000_000, ManifestLimits.DEFAULT.maxItems()),
                ManifestLimits.DEFAULT.maxUrlsPerRow(),
                ManifestLimits.DEFAULT.maxCellLength(),
                texts.number(Settings.MAX_ROWS, 1, 100_000_000, ManifestLimits.DEFAULT.maxRows()));
        HalftoneConfig config = new HalftoneConfig(
                host,
                (int) texts.number(Settings.PORT, 0, 65_535, 8080),
                publicUrl(),
                Path.of(texts.text(Settings.DATA_DIR).orElse("data"))
                        .toAbsolutePath()
                        .normalize(),
                database(),
                new StorageReader(texts).read(),
                outboundAllow(),
                (int) texts.number(Settings.HOST_CONCURRENCY, 1, 1_000, 6),
                (int) texts.number(
                        Settings.CPU_TURNS, 1, 1_024, Runtime.getRuntime().availableProcessors()),
                libvips(),
                new PartsReader(texts).tesseract(),
                new PartsReader(texts).backgroundModel(),
                images,
                manifest,
                new ClientsReader(texts).read(),
                new TransformSettings(texts).read(),
                access(host),
                new KeepingReader(texts).read());
        if (!mistakes.isEmpty()) {
            throw new ConfigRefused(mistakes);
        }
        return config;
    }

    /// A service that others can reach asks for keys, unless it is told by name not to.
    private AccessConfig access(String host) {
        String keys = texts.choice(Settings.API_KEYS, "auto", List.of("auto", "required", "off"));
        KeyLimits limits = new KeyLimits(
                (int) texts.number(Settings.KEY_RATE, 0, 1_000_000, KeyLimits.DEFAULT.requestsAMinute()),
                texts.number(Settings.KEY_QUOTA, 0, 1_000_000_000_000L, KeyLimits.DEFAULT.imagesADay()));
        Optional<String> secret = texts.text(Settings.SECRET_KEY);
        if (secret.filter(text -> text.length() < SealingKey.SHORTEST).isPresent()) {
            texts.mistake(
                    Settings.SECRET_KEY,
                    "a key has " + SealingKey.SHORTEST
                            + " random characters or more, such as openssl rand -base64 32 gives");
        }
        return new AccessConfig(
                keys.equals("required") || keys.equals("auto") && !HalftoneConfig.isLoopback(host), limits, secret);
    }

    private String outboundAllow() {
        String text = texts.text(Settings.OUTBOUND_ALLOW).orElse("");
        try {
            OutboundAllow.parse(text);
        } catch (IllegalArgumentException e) {
            texts.mistake(Settings.OUTBOUND_ALLOW, String.valueOf(e.getMessage()));
        }
        return text;
    }

    private Optional<URI> publicUrl() {
        return texts.text(Settings.PUBLIC_URL).flatMap(text -> {
            if (text.matches("(?i)https?://[^\\s/?#@]+(/[^\\s?#]*)?")) {
                return Optional.of(URI.create(text.replaceAll("/+$", "")));
            }
            mistakes.add("HALFTONE_PUBLIC_URL is an http or https address without query, not \"" + text + "\"");
            return Optional.empty();
        });
    }

    /// A file or folder is the operator's word, so it has to be there; whether it loads is the engine's report.
    private String libvips() {
        String text = texts.text(Settings.LIBVIPS).orElse("auto");
        if (!text.equals("auto") && !text.equals("off") && !Files.exists(Path.of(text))) {
            mistakes.add("HALFTONE_LIBVIPS is auto, off, or a library's file or folder; there is no \"" + text + "\"");
        }
        return text;
    }

    private Optional<DatabaseAddress> database() {
        return texts.text(Settings.DATABASE_URL).flatMap(url -> {
            if (url.equals("embedded")) {
                return Optional.empty();
            }
            if (!url.startsWith("jdbc:postgresql:")) {
                mistakes.add("HALFTONE_DATABASE_URL begins with jdbc:postgresql: or is not set");
                return Optional.empty();
            }
            return Optional.of(new DatabaseAddress(
                    url, texts.text(Settings.DATABASE_USER), texts.text(Settings.DATABASE_PASSWORD)));
        });
    }
}
