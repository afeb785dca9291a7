package dev.halftone.app.config;

import java.util.List;
import java.util.Optional;

/// Every setting there is: the one list that the start, `halftone config` and the reference page share.
public final class Settings {

    public static final Setting CONFIG = plain(
            "HALFTONE_CONFIG",
            "./halftone.properties, if it is there",
            "The properties file; its keys are named below.");
    public static final Setting HOST = plain("HALFTONE_HOST", "127.0.0.1", "The address the service listens on.");
    public static final Setting PORT = plain("HALFTONE_PORT", "8080", "The port it listens on; 0 takes a free one.");
    public static final Setting PUBLIC_URL =
            plain("HALFTONE_PUBLIC_URL", "from host and port", "The prefix of every URL that is handed out.");
    public static final Setting DATA_DIR = plain(
            "HALFTONE_DATA_DIR", "./data", "The folder of the embedded database and the file-system object store.");
    public static final Setting DATABASE_URL = plain(
            "HALFTONE_DATABASE_URL", "embedded", "A PostgreSQL of your own, as jdbc:postgresql://host:port/database.");
    public static final Setting DATABASE_USER =
            plain("HALFTONE_DATABASE_USER", "", "The user for HALFTONE_DATABASE_URL, unless the URL names it.");
    public static final Setting DATABASE_PASSWORD =
            secret("HALFTONE_DATABASE_PASSWORD", "The password for HALFTONE_DATABASE_URL, unless the URL names it.");
    public static final Setting STORAGE =
            plain("HALFTONE_STORAGE", "file", "Where outputs are kept: file, a folder under the data directory.");
    public static final Setting OUTBOUND_ALLOW = plain(
            "HALFTONE_OUTBOUND_ALLOW",
            "",
            "Hosts and CIDRs, comma separated, that downloads and webhooks may reach besides public addresses.");
    public static final Setting HOST_CONCURRENCY =
            plain("HALFTONE_HOST_CONCURRENCY", "6", "Downloads at once from one image host, 1 to 1,000.");
    public static final Setting CPU_TURNS = plain("HALFTONE_CPU_TURNS", "cores", "Images burning CPU at once.");
    public static final Setting LIBVIPS = plain(
            "HALFTONE_LIBVIPS",
            "auto",
            "Where libvips is, for AVIF, HEIC, SVG and faster resizes: auto (as installed), off, or a library's file or"
                    + " folder.");
    public static final Setting MAX_IMAGE_BYTES =
            plain("HALFTONE_MAX_IMAGE_BYTES", "26214400", "The largest source image, in bytes.");
    public static final Setting MAX_IMAGE_PIXELS =
            plain("HALFTONE_MAX_IMAGE_PIXELS", "50000000", "The largest source image, in pixels.");
    public static final Setting MAX_CSV_BYTES =
            plain("HALFTONE_MAX_CSV_BYTES", "268435456", "The largest CSV, in bytes.");
    public static final Setting MAX_ITEMS = plain("HALFTONE_MAX_ITEMS", "2000000", "The most image URLs in one batch.");
    public static final Setting LOG_LEVEL = plain(
            "HALFTONE_LOG_LEVEL",
            "INFO, and WARN for compress",
            "How much the log on standard error says: ERROR, WARN, INFO or DEBUG. As an environment variable only.");
    public static final Setting API_KEYS = plain(
            "HALFTONE_API_KEYS",
            "auto",
            "Whether requests need a key: auto (needed unless listening on loopback), required or off. This version"
                    + " has no keys yet, so it serves on loopback, or elsewhere with off.");

    public static final List<Setting> ALL = List.of(
            CONFIG,
            HOST,
            PORT,
            PUBLIC_URL,
            DATA_DIR,
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            STORAGE,
            OUTBOUND_ALLOW,
            HOST_CONCURRENCY,
            CPU_TURNS,
            LIBVIPS,
            MAX_IMAGE_BYTES,
            MAX_IMAGE_PIXELS,
            MAX_CSV_BYTES,
            MAX_ITEMS,
            LOG_LEVEL,
            API_KEYS);

    /// Variables that begin with `HALFTONE_` and belong to the launcher, not to the service.
    static final List<String> OF_THE_LAUNCHER = List.of("HALFTONE_JAVA_OPTS", "HALFTONE_ROOT");

    private Settings() {}

    static Optional<Setting> byVariable(String variable) {
        return ALL.stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    static Optional<Setting> byProperty(String property) {
        return ALL.stream()
                .filter(setting -> !setting.equals(CONFIG) && setting.property().equals(property))
                .findFirst();
    }

    private static Setting plain(String variable, String fallback, String meaning) {
        return new Setting(variable, fallback, false, meaning);
    }

    private static Setting secret(String variable, String meaning) {
        return new Setting(variable, "", true, meaning);
    }
}
