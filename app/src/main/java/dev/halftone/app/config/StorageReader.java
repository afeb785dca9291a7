package dev.halftone.app.config;

import dev.halftone.adapters.storage.cloudinary.CloudinarySettings;
import dev.halftone.adapters.storage.s3.S3Settings;
import dev.halftone.adapters.storage.s3.S3Settings.Addresses;
import dev.halftone.adapters.storage.s3.S3Settings.Encryption;
import dev.halftone.app.config.HalftoneConfig.Storage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads where objects are kept. Settings of a store that was not chosen are not looked at.
final class StorageReader {
    private static final String ADDRESS = "(?i)https?://[^\\s/?#@]+(/[^\\s?#]*)?";
    private static final Pattern TEMPLATE = Pattern.compile("(?i)https?://[^\\s/?#@{}]+/[^\\s#{}]*\\{key\\}[^\\s#{}]*");
    private static final Pattern TIME = Pattern.compile("(\\d{1,7})([smhd])");

    /// Stands for what is missing until all mistakes are told.
    private static final String UNSET = "unset";

    private final SettingTexts config;

    StorageReader(SettingTexts config) {
        this.config = config;
    }

    Storage read() {
        return switch (config.choice(Settings.STORAGE, "file", List.of("file", "s3", "cloudinary"))) {
            case "s3" -> s3();
            case "cloudinary" -> cloudinary();
            default -> new Storage.File();
        };
    }

    private Storage s3() {
        Optional<URI> endpoint = address(Settings.S3_ENDPOINT);
        boolean pathStyle = flag(Settings.S3_PATH_STYLE, endpoint.isPresent());
        return new Storage.S3(new S3Settings(
                bucket(),
                region(),
                endpoint,
                s3Credentials(),
                pathStyle,
                flag(Settings.S3_OLDER_SERVER, false),
                folder(Settings.S3_PREFIX),
                encryption(),
                addresses(),
                S3Settings.Timing.DEFAULT));
    }

    private String region() {
        String region = config.text(Settings.S3_REGION).orElse("us-east-1");
        if (!region.matches("[a-z0-9-]{1,40}")) {
            config.mistake("HALFTONE_S3_REGION is a region's name such as eu-central-1, not \"" + region + "\"");
        }
        return region;
    }

    private String bucket() {
        String bucket = required(Settings.S3_BUCKET, "s3");
        if (bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,62}")) {
            return bucket;
        }
        if (!bucket.equals(UNSET)) {
            config.mistake("HALFTONE_S3_BUCKET is the bucket's name alone, not \"" + bucket + "\"");
        }
        return UNSET;
    }

    private Optional<S3Settings.Credentials> s3Credentials() {
        Optional<String> access = config.text(Settings.S3_ACCESS_KEY);
        Optional<String> secret = config.text(Settings.S3_SECRET_KEY);
        if (access.isPresent() != secret.isPresent()) {
            config.mistake("HALFTONE_S3_ACCESS_KEY and HALFTONE_S3_SECRET_KEY are set together or not at all");
        }
        return access.flatMap(key -> secret.map(value -> new S3Settings.Credentials(key, value)));
    }

    private Encryption encryption() {
        String choice = config.choice(Settings.S3_SSE, "none", List.of("none", "AES256", "aws:kms"));
        Optional<String> key = config.text(Settings.S3_SSE_KEY);
        if (key.isPresent() && !choice.equals("aws:kms")) {
            config.mistake("HALFTONE_S3_SSE_KEY names a key of KMS, so HALFTONE_S3_SSE must be aws:kms");
        }
        return switch (choice) {
            case "AES256" -> new Encryption.OfS3();
            case "aws:kms" -> new Encryption.OfKms(key);
            default -> new Encryption.OfBucket();
        };
    }

    private Addresses addresses() {
        String text = config.text(Settings.S3_PUBLIC_URL).orElse("bucket");
        Optional<Duration> lifetime = lifetime();
        if (lifetime.isPresent() && !text.equals("presigned")) {
            config.mistake("HALFTONE_S3_PRESIGNED_FOR is set, so HALFTONE_S3_PUBLIC_URL must be presigned");
        }
        return switch (text) {
            case "bucket" -> new Addresses.OfBucket();
            case "service" -> new Addresses.OfService();
            case "presigned" -> new Addresses.Presigned(lifetime.orElse(Addresses.Presigned.LONGEST));
            default -> template(text);
        };
    }

    private Addresses template(String text) {
        if (TEMPLATE.matcher(text).matches()) {
            return new Addresses.Template(text);
        }
        config.mistake(
                "HALFTONE_S3_PUBLIC_URL is bucket, presigned, service or an http(s) address with {key} in it, not \""
                        + text + "\"");
        return new Addresses.OfBucket();
    }

    private Optional<Duration> lifetime() {
        return config.text(Settings.S3_PRESIGNED_FOR).map(text -> {
            Duration lifetime = time(text);
            if (lifetime.isZero() || lifetime.compareTo(Addresses.Presigned.LONGEST) > 0) {
                config.mistake("HALFTONE_S3_PRESIGNED_FOR is a time from 1s to 7d, such as 12h, not \"" + text + "\"");
                return Addresses.Presigned.LONGEST;
            }
            return lifetime;
        });
    }

    /// @return zero for what is no time
    private static Duration time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Duration.ZERO;
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private Storage cloudinary() {
        String cloud = required(Settings.CLOUDINARY_CLOUD, "cloudinary");
        if (!cloud.matches("[A-Za-z0-9_-]+")) {
            config.mistake("HALFTONE_CLOUDINARY_CLOUD is the cloud name alone, not \"" + cloud + "\"");
            cloud = UNSET;
        }
        return new Storage.Cloudinary(new CloudinarySettings(
                cloud,
                new CloudinarySettings.Credentials(
                        required(Settings.CLOUDINARY_API_KEY, "cloudinary"),
                        required(Settings.CLOUDINARY_API_SECRET, "cloudinary")),
                folder(Settings.CLOUDINARY_FOLDER),
                address(Settings.CLOUDINARY_API_URL).orElse(CloudinarySettings.API),
                address(Settings.CLOUDINARY_PUBLIC_URL).orElse(CloudinarySettings.deliveryOf(cloud))));
    }

    private String required(Setting setting, String storage) {
        return config.text(setting).orElseGet(() -> {
            config.mistake(setting.variable() + " is needed when HALFTONE_STORAGE is " + storage);
            return UNSET;
        });
    }

    private Optional<URI> address(Setting setting) {
        return config.text(setting).flatMap(text -> {
            if (text.matches(ADDRESS)) {
                return Optional.of(URI.create(text.replaceAll("/+$", "")));
            }
            config.mistake(setting.variable() + " is an http or https address without query, not \"" + text + "\"");
            return Optional.empty();
        });
    }

    private String folder(Setting setting) {
        String folder = config.text(setting).orElse("").replaceAll("^/+|/+$", "");
        if (S3Settings.isPrefix(folder) && folder.length() <= 128) {
            return folder;
        }
        config.mistake(setting.variable()
                + " is letters, digits, . _ and -, joined by /, at most 128 characters, not \"" + folder + "\"");
        return "";
    }

    private boolean flag(Setting setting, boolean otherwise) {
        return config.choice(setting, String.valueOf(otherwise), List.of("true", "false"))
                .equals("true");
    }
}
