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
    public static final Setting STORAGE = plain(
            "HALFTONE_STORAGE",
            "file",
            "Where outputs are kept: file (a folder under the data directory), s3 or cloudinary.");
    public static final Setting S3_BUCKET = plain("HALFTONE_S3_BUCKET", "", "The bucket, when HALFTONE_STORAGE is s3.");
    public static final Setting S3_REGION = plain("HALFTONE_S3_REGION", "us-east-1", "The bucket's region.");
    public static final Setting S3_ENDPOINT = plain(
            "HALFTONE_S3_ENDPOINT",
            "AWS",
            "The address of an S3-compatible server, such as http://minio.internal:9000.");
    public static final Setting S3_ACCESS_KEY = plain(
            "HALFTONE_S3_ACCESS_KEY",
            "",
            "The access key. Without it AWS's own places are searched: AWS_… variables, profile, role of the container or"
                    + " instance.");
    public static final Setting S3_SECRET_KEY =
            secret("HALFTONE_S3_SECRET_KEY", "The secret key that belongs to HALFTONE_S3_ACCESS_KEY.");
    public static final Setting S3_PREFIX =
            plain("HALFTONE_S3_PREFIX", "", "A folder of the bucket to stay in, such as shop/images.");
    public static final Setting S3_PATH_STYLE = plain(
            "HALFTONE_S3_PATH_STYLE",
            "true with HALFTONE_S3_ENDPOINT, else false",
            "Whether the bucket stands in the path rather than in the host name.");
    public static final Setting S3_OLDER_SERVER = plain(
            "HALFTONE_S3_OLDER_SERVER",
            "false",
            "true leaves out what servers before 2025 refuse: the SDK's checksums and uploads signed in chunks.");
    public static final Setting S3_SSE =
            plain("HALFTONE_S3_SSE", "none", "Encryption on the server: none (as the bucket says), AES256 or aws:kms.");
    public static final Setting S3_SSE_KEY =
            plain("HALFTONE_S3_SSE_KEY", "the account's", "The id of the KMS key, when HALFTONE_S3_SSE is aws:kms.");
    public static final Setting S3_PUBLIC_URL = plain(
            "HALFTONE_S3_PUBLIC_URL",
            "bucket",
            "The addresses handed out: bucket (its own), an address with {key} in it such as"
                    + " https://cdn.example.com/{key}, presigned, or service (read through this service).");
    public static final Setting S3_PRESIGNED_FOR =
            plain("HALFTONE_S3_PRESIGNED_FOR", "7d", "How long presigned addresses hold, 1s to 7d.");
    public static final Setting CLOUDINARY_CLOUD =
            plain("HALFTONE_CLOUDINARY_CLOUD", "", "The cloud name, when HALFTONE_STORAGE is cloudinary.");
    public static final Setting CLOUDINARY_API_KEY = plain("HALFTONE_CLOUDINARY_API_KEY", "", "The API key.");
    public static final Setting CLOUDINARY_API_SECRET =
            secret("HALFTONE_CLOUDINARY_API_SECRET", "The API secret that belongs to HALFTONE_CLOUDINARY_API_KEY.");
    public static final Setting CLOUDINARY_FOLDER =
            plain("HALFTONE_CLOUDINARY_FOLDER", "", "What every public id begins with, such as shop.");
    public static final Setting CLOUDINARY_API_URL = plain(
            "HALFTONE_CLOUDINARY_API_URL",
            "https://api.cloudinary.com",
            "The API's address; other regions have theirs.");
    public static final Setting CLOUDINARY_PUBLIC_URL = plain(
            "HALFTONE_CLOUDINARY_PUBLIC_URL",
            "https://res.cloudinary.com/CLOUD",
            "What the addresses handed out begin with, for a delivery host of your own.");
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
    public static final Setting TESSERACT = plain(
            "HALFTONE_TESSERACT",
            "auto",
            "Where Tesseract is, for reading text in images: auto (as installed), off, or the program's file.");
    public static final Setting BACKGROUND_MODEL = plain(
            "HALFTONE_BACKGROUND_MODEL",
            "",
            "An ONNX file for removebackground with method model, such as U²-Net's; none is shipped.");
    public static final Setting BACKGROUND_INPUT = plain(
            "HALFTONE_BACKGROUND_INPUT",
            "imagenet",
            "The samples that model takes: imagenet (U²-Net), half (-0.5 to 0.5, IS-Net), symmetric (-1 to 1, MODNet) or"
                    + " unit (0 to 1).");
    public static final Setting MAX_IMAGE_BYTES =
            plain("HALFTONE_MAX_IMAGE_BYTES", "26214400", "The largest source image, in bytes.");
    public static final Setting MAX_IMAGE_PIXELS =
            plain("HALFTONE_MAX_IMAGE_PIXELS", "50000000", "The largest source image, in pixels.");
    public static final Setting MAX_CSV_BYTES =
            plain("HALFTONE_MAX_CSV_BYTES", "268435456", "The largest CSV, in bytes.");
    public static final Setting MAX_ITEMS = plain("HALFTONE_MAX_ITEMS", "2000000", "The most image URLs in one batch.");
    public static final Setting MAX_ROWS =
            plain("HALFTONE_MAX_ROWS", "2000000", "The most rows below the header of one CSV.");
    public static final Setting RETENTION = plain(
            "HALFTONE_RETENTION",
            "30d",
            "How long a batch and its outputs are kept after its end, unless it says so itself: a number and s, m, h or"
                    + " d; 0 keeps them.");
    public static final Setting SWEEP_AFTER = plain(
            "HALFTONE_SWEEP_AFTER",
            "24h",
            "How old an object that no row names is when it is deleted, 1h or more; it is looked for as often, and daily"
                    + " at least. 0 never deletes one.");
    public static final Setting LOG_LEVEL = plain(
            "HALFTONE_LOG_LEVEL",
            "INFO for serve and worker, else WARN",
            "How much the log on standard error says: ERROR, WARN, INFO or DEBUG. As an environment variable only.");
    public static final Setting MAX_CONNECTIONS = plain(
            "HALFTONE_MAX_CONNECTIONS",
            "1000",
            "The most connections at once; beyond it the one that has waited longest without a request is"
                    + " closed.");
    public static final Setting MAX_CONNECTIONS_PER_ADDRESS = plain(
            "HALFTONE_MAX_CONNECTIONS_PER_ADDRESS",
            "256",
            "The most connections at once from one address that is not in HALFTONE_TRUSTED_PROXIES; further"
                    + " ones are closed.");
    public static final Setting HEADER_TIMEOUT = plain(
            "HALFTONE_HEADER_TIMEOUT",
            "15s",
            "How long a request line and its headers may take, however they trickle in, up to 10m; and how"
                    + " long a body may be waited for, or a piece of an answer may take to be read, before"
                    + " HALFTONE_BODY_RATE counts.");
    public static final Setting BODY_RATE = plain(
            "HALFTONE_BODY_RATE",
            "500",
            "Bytes a second that a body has at least while it is waited for, and that an answer is read at; 0"
                    + " for any number.");
    public static final Setting MAX_HEADER_BYTES = plain(
            "HALFTONE_MAX_HEADER_BYTES",
            "8192",
            "The largest request line with its headers, in bytes, 2,048 to 65,536.");
    public static final Setting TRUSTED_PROXIES = plain(
            "HALFTONE_TRUSTED_PROXIES",
            "",
            "Addresses and CIDRs, comma separated, of your reverse proxies: their X-Forwarded-For says who"
                    + " asks. Nobody else's does.");
    public static final Setting API_KEYS = plain(
            "HALFTONE_API_KEYS",
            "auto",
            "Whether requests need a key: auto (needed unless HALFTONE_HOST is loopback), required or off. Keys are made"
                    + " with halftone keys create.");
    public static final Setting KEY_RATE = plain(
            "HALFTONE_KEY_RATE",
            "1200",
            "Requests a minute that a key may make on each node, unless it was made with --rate; 0 for any number.");
    public static final Setting KEY_QUOTA = plain(
            "HALFTONE_KEY_QUOTA",
            "5000000",
            "Images a day (UTC) that a key may hand in, unless it was made with --quota; 0 for any number.");
    public static final Setting SECRET_KEY = secret(
            "HALFTONE_SECRET_KEY",
            "Seals webhook secrets in the database: 32 random characters or more, the same on every node. Without it the"
                    + " file secret.key in the data folder does, which is made when it is missing.");

    public static final Setting SIGNING_KEY = secret(
            "HALFTONE_SIGNING_KEY",
            "Signs URL transforms; when it is set, only signed addresses are served. 32 random characters or more.");
    public static final Setting PRESETS = plain(
            "HALFTONE_PRESETS", "", "Transforms with a name, for p=name: thumb:w=300&h=300&fit=crop;hero:w=1600.");
    public static final Setting PRESETS_ONLY =
            plain("HALFTONE_PRESETS_ONLY", "false", "Whether transforms are named by a preset and by nothing else.");
    public static final Setting FETCH_ALLOW = plain(
            "HALFTONE_FETCH_ALLOW",
            "",
            "Hosts, comma separated, whose pictures /fetch/ transforms: cdn.example.com, *.example.com; none turns it"
                    + " off.");
    public static final Setting TRANSFORM_TTL = plain(
            "HALFTONE_TRANSFORM_TTL",
            "30d",
            "How long browsers and caches in between may keep a transformed picture: a number and s, m, h or d.");
    public static final Setting TRANSFORM_QUEUE = plain(
            "HALFTONE_TRANSFORM_QUEUE",
            "256",
            "The most transforms that are made or wait for it; beyond it requests are answered with 429.");
    public static final Setting CACHE_MEMORY =
            plain("HALFTONE_CACHE_MEMORY", "67108864", "Bytes of transformed pictures kept in memory; 0 keeps none.");
    public static final Setting CACHE_DISK = plain(
            "HALFTONE_CACHE_DISK",
            "1073741824",
            "Bytes of transformed pictures kept in the folder variants of the data directory; 0 keeps none.");
    public static final Setting CACHE_TTL =
            plain("HALFTONE_CACHE_TTL", "30d", "How long a transformed picture is kept: a number and s, m, h or d.");

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
            S3_BUCKET,
            S3_REGION,
            S3_ENDPOINT,
            S3_ACCESS_KEY,
            S3_SECRET_KEY,
            S3_PREFIX,
            S3_PATH_STYLE,
            S3_OLDER_SERVER,
            S3_SSE,
            S3_SSE_KEY,
            S3_PUBLIC_URL,
            S3_PRESIGNED_FOR,
            CLOUDINARY_CLOUD,
            CLOUDINARY_API_KEY,
            CLOUDINARY_API_SECRET,
            CLOUDINARY_FOLDER,
            CLOUDINARY_API_URL,
            CLOUDINARY_PUBLIC_URL,
            OUTBOUND_ALLOW,
            HOST_CONCURRENCY,
            CPU_TURNS,
            LIBVIPS,
            TESSERACT,
            BACKGROUND_MODEL,
            BACKGROUND_INPUT,
            MAX_IMAGE_BYTES,
            MAX_IMAGE_PIXELS,
            MAX_CSV_BYTES,
            MAX_ITEMS,
            MAX_ROWS,
            RETENTION,
            SWEEP_AFTER,
            SIGNING_KEY,
            PRESETS,
            PRESETS_ONLY,
            FETCH_ALLOW,
            TRANSFORM_TTL,
            TRANSFORM_QUEUE,
            CACHE_MEMORY,
            CACHE_DISK,
            CACHE_TTL,
            LOG_LEVEL,
            MAX_CONNECTIONS,
            MAX_CONNECTIONS_PER_ADDRESS,
            HEADER_TIMEOUT,
            BODY_RATE,
            MAX_HEADER_BYTES,
            TRUSTED_PROXIES,
            API_KEYS,
            KEY_RATE,
            KEY_QUOTA,
            SECRET_KEY);

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
