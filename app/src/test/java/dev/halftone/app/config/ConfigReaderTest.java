package dev.halftone.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.adapters.imaging.onnx.InputScale;
import dev.halftone.adapters.storage.s3.S3Settings;
import dev.halftone.domain.batch.Retention;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir
    Path folder;

    private Environment environment(Map<String, String> variables) {
        return Environment.read(variables, Map.of(), folder);
    }

    private List<String> mistakes(Map<String, String> variables) {
        return catchThrowableOfType(ConfigRefused.class, () -> ConfigReader.read(environment(variables)))
                .mistakes();
    }

    @Test
    void hasDefaultsForEverything() {
        HalftoneConfig config = ConfigReader.read(environment(Map.of("PATH", "/bin")));

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.database()).isEmpty();
        assertThat(config.imageLimits().maxBytes()).isEqualTo(25L << 20);
        assertThat(config.cpuTurns()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void readsHowLongThingsAreKept() {
        assertThat(ConfigReader.read(environment(Map.of())).keeping())
                .isEqualTo(new KeepingConfig(Retention.DEFAULT, Optional.of(Duration.ofHours(24))));
        assertThat(ConfigReader.read(environment(Map.of("HALFTONE_RETENTION", "0", "HALFTONE_SWEEP_AFTER", "0")))
                        .keeping())
                .isEqualTo(new KeepingConfig(Retention.FOR_GOOD, Optional.empty()));
        assertThat(ConfigReader.read(environment(Map.of("HALFTONE_RETENTION", "90d", "HALFTONE_SWEEP_AFTER", "7d")))
                        .keeping())
                .isEqualTo(new KeepingConfig(new Retention(Duration.ofDays(90)), Optional.of(Duration.ofDays(7))));
        assertThat(mistakes(Map.of("HALFTONE_RETENTION", "a month", "HALFTONE_SWEEP_AFTER", "59m")))
                .containsExactly(
                        "HALFTONE_RETENTION is a time such as 30d, 12h or 45m, at most 3650d, or 0 to keep for good, not"
                                + " \"a month\"",
                        "HALFTONE_SWEEP_AFTER is a time of 1h or more, such as 24h or 7d, or 0 for never, not \"59m\"");
    }

    @Test
    void readsWhatClientsAreHeldTo() {
        assertThat(ConfigReader.read(environment(Map.of())).clients()).isEqualTo(ClientLimits.DEFAULT);
        ClientLimits read = ConfigReader.read(environment(Map.of(
                        "HALFTONE_MAX_CONNECTIONS", "50",
                        "HALFTONE_MAX_CONNECTIONS_PER_ADDRESS", "5",
                        "HALFTONE_HEADER_TIMEOUT", "1s",
                        "HALFTONE_BODY_RATE", "0",
                        "HALFTONE_MAX_HEADER_BYTES", "16384",
                        "HALFTONE_TRUSTED_PROXIES", "10.0.0.0/8, ::1")))
                .clients();
        assertThat(read).isEqualTo(new ClientLimits(16_384, Duration.ofSeconds(1), 0, 50, 5, read.proxies()));
        assertThat(read.proxies().contains(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        assertThat(mistakes(Map.of(
                        "HALFTONE_HEADER_TIMEOUT", "11m",
                        "HALFTONE_TRUSTED_PROXIES", "10.0.0.0/8,proxy.internal")))
                .containsExactly(
                        "HALFTONE_HEADER_TIMEOUT: a client has at most 10m",
                        "HALFTONE_TRUSTED_PROXIES: \"proxy.internal\" is no address or CIDR such as 10.0.0.0/8");
    }

    @Test
    void namesAnUnknownVariableAndTheNearestOne() {
        assertThat(mistakes(Map.of("HALFTONE_PROT", "80")))
                .containsExactly("HALFTONE_PROT is no setting of Halftone; did you mean HALFTONE_PORT?");
    }

    @Test
    void namesEveryMistakeAtOnce() {
        assertThat(mistakes(Map.of("HALFTONE_PORT", "eighty", "HALFTONE_STORAGE", "tape", "HALFTONE_CPU_TURNS", "0")))
                .hasSize(3)
                .anyMatch(text -> text.contains("HALFTONE_PORT") && text.contains("eighty"))
                .anyMatch(text -> text.contains("HALFTONE_STORAGE") && text.contains("tape"))
                .anyMatch(text -> text.contains("HALFTONE_CPU_TURNS"));
    }

    @Test
    void wantsHostsAndNetworksToAllow() {
        assertThat(mistakes(Map.of("HALFTONE_OUTBOUND_ALLOW", "10.0.0.0/33", "HALFTONE_PORT", "eighty")))
                .hasSize(2)
                .anyMatch(text -> text.startsWith("HALFTONE_OUTBOUND_ALLOW: '10.0.0.0/33' is not an address range"));
    }

    @Test
    void wantsAKeyToSignWithThatCanNotBeGuessed() {
        assertThat(mistakes(Map.of("HALFTONE_SIGNING_KEY", "x".repeat(31))))
                .containsExactly("HALFTONE_SIGNING_KEY: a key has 32 random characters or more, such as"
                        + " openssl rand -base64 32 gives");
        assertThat(ConfigReader.read(environment(Map.of("HALFTONE_SIGNING_KEY", "x".repeat(32))))
                        .transforms()
                        .signingKey())
                .isPresent();
    }

    @Test
    void knowsWhatOnlyThisMachineReaches() {
        for (String[] one : new String[][] {
            {"127.0.0.1", "true", "http://127.0.0.1:80"},
            {"127.0.0.2", "true", "http://127.0.0.2:80"},
            {"localhost", "true", "http://localhost:80"},
            {"::1", "true", "http://[::1]:80"},
            {"[::1]", "true", "http://[::1]:80"},
            {"0.0.0.0", "false", "http://0.0.0.0:80"},
            {"127.0.0.1.example", "false", "http://127.0.0.1.example:80"},
            {"::", "false", "http://[::]:80"},
        }) {
            HalftoneConfig config = ConfigReader.read(environment(Map.of("HALFTONE_HOST", one[0])));
            assertThat(config.listensOnLoopback()).as(one[0]).isEqualTo(one[1].equals("true"));
            assertThat(config.access().keys()).as(one[0]).isEqualTo(one[1].equals("false"));
            assertThat(config.publicUrl(80)).hasToString(one[2]);
            assertThat(config.publicUrl(80).getHost()).as(one[0]).isNotNull();
        }
    }

    @Test
    void saysThatALogLevelInTheFileComesTooLate() throws IOException {
        Files.writeString(folder.resolve("halftone.properties"), "log-level=DEBUG\n");

        assertThat(mistakes(Map.of()))
                .containsExactly("log-level in halftone.properties comes too late: set the environment variable"
                        + " HALFTONE_LOG_LEVEL");
    }

    @Test
    void readsThePropertiesFileUnderTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("halftone.properties"), "port=9000\npublic-url=https://img.example/\n");

        HalftoneConfig config = ConfigReader.read(environment(Map.of("HALFTONE_PORT", "9001")));

        assertThat(config.port()).isEqualTo(9001);
        assertThat(config.publicUrl()).contains(URI.create("https://img.example"));
    }

    @Test
    void namesAnUnknownPropertyWithItsFile() throws IOException {
        Files.writeString(folder.resolve("own.properties"), "prot=9000\n");

        assertThat(mistakes(Map.of("HALFTONE_CONFIG", "own.properties")))
                .containsExactly("prot in own.properties is no setting of Halftone; did you mean port?");
    }

    @Test
    void wantsThePartsThatAreNamedToBeThere() throws IOException {
        Path model = Files.writeString(folder.resolve("model.onnx"), "any");
        Path program = Files.writeString(folder.resolve("tesseract"), "any");

        assertThat(mistakes(Map.of(
                        "HALFTONE_TESSERACT",
                        program.toString(),
                        "HALFTONE_BACKGROUND_MODEL",
                        model + ".gone",
                        "HALFTONE_BACKGROUND_INPUT",
                        "caffe")))
                .hasSize(3)
                .anyMatch(text -> text.contains("there is no program \"" + program))
                .anyMatch(text -> text.contains("there is no file \"" + model + ".gone"))
                .anyMatch(text -> text.contains("imagenet or half or symmetric or unit"));

        HalftoneConfig config = ConfigReader.read(environment(Map.of(
                "HALFTONE_TESSERACT", "off",
                "HALFTONE_BACKGROUND_MODEL", model.toString(),
                "HALFTONE_BACKGROUND_INPUT", "half")));
        assertThat(config.tesseract()).isEqualTo("off");
        assertThat(config.backgroundModel()).contains(new HalftoneConfig.BackgroundModel(model, InputScale.HALF));
    }

    @Test
    void asksForKeysWhereOthersReachItUnlessToldNotTo() {
        assertThat(asksForKeys(Map.of())).isFalse();
        assertThat(asksForKeys(Map.of("HALFTONE_HOST", "::1"))).isFalse();
        assertThat(asksForKeys(Map.of("HALFTONE_HOST", "0.0.0.0"))).isTrue();
        assertThat(asksForKeys(Map.of("HALFTONE_HOST", "0.0.0.0", "HALFTONE_API_KEYS", "off")))
                .isFalse();
        assertThat(asksForKeys(Map.of("HALFTONE_API_KEYS", "required"))).isTrue();
    }

    private boolean asksForKeys(Map<String, String> variables) {
        return ConfigReader.read(environment(variables)).access().keys();
    }

    @Test
    void refusesASecretKeyThatIsTooShortWithoutShowingIt() {
        assertThat(mistakes(Map.of("HALFTONE_SECRET_KEY", "hunter2")))
                .singleElement()
                .asString()
                .contains("HALFTONE_SECRET_KEY", "32")
                .doesNotContain("hunter2");
    }

    /// Neither `halftone config` nor a record that somebody logs.
    @Test
    void showsNoSecretAnywhere() {
        Map<String, String> secrets = Settings.ALL.stream()
                .filter(Setting::secret)
                .collect(Collectors.toMap(
                        Setting::variable, one -> "s3cret-of-" + one.property() + "-0123456789abcdef"));
        Map<String, String> variables = new HashMap<>(secrets);
        variables.put("HALFTONE_DATABASE_URL", "jdbc:postgresql://db/halftone");
        variables.put("HALFTONE_STORAGE", "s3");
        variables.put("HALFTONE_S3_BUCKET", "shop");
        variables.put("HALFTONE_S3_ACCESS_KEY", "AKIA");

        Environment environment = environment(variables);

        assertThat(secrets).containsKeys("HALFTONE_SECRET_KEY", "HALFTONE_S3_SECRET_KEY", "HALFTONE_SIGNING_KEY");
        assertThat(String.join("\n", SettingsTable.lines(environment)))
                .doesNotContain("s3cret-of-")
                .contains("********");
        assertThat(ConfigReader.read(environment).toString()).doesNotContain("s3cret-of-");
    }

    @Test
    void masksSecretsAndShowsOrigins() throws IOException {
        Files.writeString(folder.resolve("halftone.properties"), "port=9000\n");
        Environment environment = environment(Map.of(
                "HALFTONE_DATABASE_PASSWORD",
                "hunter2",
                "HALFTONE_DATABASE_URL",
                "jdbc:postgresql://db/halftone?user=u&password=hunter2&ssl=true"));

        String table = String.join("\n", SettingsTable.lines(environment));

        assertThat(table).doesNotContain("hunter2").contains("ssl=true");
        assertThat(table).containsPattern("HALFTONE_PORT +9000 +halftone.properties");
        assertThat(table).containsPattern("HALFTONE_HOST +127.0.0.1 +default");
    }

    @Test
    void readsABucket() {
        HalftoneConfig config = ConfigReader.read(environment(Map.of(
                "HALFTONE_STORAGE", "s3",
                "HALFTONE_S3_BUCKET", "pictures",
                "HALFTONE_S3_ENDPOINT", "http://minio.internal:9000/",
                "HALFTONE_S3_ACCESS_KEY", "access",
                "HALFTONE_S3_SECRET_KEY", "secret",
                "HALFTONE_S3_PREFIX", "/shop/eu/",
                "HALFTONE_S3_SSE", "aws:kms",
                "HALFTONE_S3_PUBLIC_URL", "presigned",
                "HALFTONE_S3_PRESIGNED_FOR", "12h")));

        assertThat(config.storage()).isInstanceOfSatisfying(HalftoneConfig.Storage.S3.class, s3 -> {
            assertThat(s3.settings().endpoint()).contains(URI.create("http://minio.internal:9000"));
            assertThat(s3.settings().pathStyle()).isTrue();
            assertThat(s3.settings().prefix()).isEqualTo("shop/eu");
            assertThat(s3.settings().encryption()).isEqualTo(new S3Settings.Encryption.OfKms(Optional.empty()));
            assertThat(s3.settings().addresses()).isEqualTo(new S3Settings.Addresses.Presigned(Duration.ofHours(12)));
        });
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void readsAnEnvironmentOfCloudinary() {
        HalftoneConfig config = ConfigReader.read(environment(Map.of(
                "HALFTONE_STORAGE", "cloudinary",
                "HALFTONE_CLOUDINARY_CLOUD", "shop",
                "HALFTONE_CLOUDINARY_API_KEY", "key",
                "HALFTONE_CLOUDINARY_API_SECRET", "s3cr3t")));

        assertThat(config.storage()).isInstanceOfSatisfying(HalftoneConfig.Storage.Cloudinary.class, cloudinary -> {
            assertThat(cloudinary.settings().api()).isEqualTo(URI.create("https://api.cloudinary.com"));
            assertThat(cloudinary.settings().delivery()).isEqualTo(URI.create("https://res.cloudinary.com/shop"));
        });
        assertThat(config.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void namesWhatAStoreMisses() {
        assertThat(mistakes(Map.of("HALFTONE_STORAGE", "s3", "HALFTONE_S3_ACCESS_KEY", "access")))
                .containsExactly(
                        "HALFTONE_S3_BUCKET is needed when HALFTONE_STORAGE is s3",
                        "HALFTONE_S3_ACCESS_KEY and HALFTONE_S3_SECRET_KEY are set together or not at all");
        assertThat(mistakes(Map.of("HALFTONE_STORAGE", "cloudinary", "HALFTONE_CLOUDINARY_CLOUD", "shop")))
                .containsExactly(
                        "HALFTONE_CLOUDINARY_API_KEY is needed when HALFTONE_STORAGE is cloudinary",
                        "HALFTONE_CLOUDINARY_API_SECRET is needed when HALFTONE_STORAGE is cloudinary");
    }

    @Test
    void namesEveryMistakeInABucketsSettings() {
        assertThat(mistakes(Map.of(
                        "HALFTONE_STORAGE", "s3",
                        "HALFTONE_S3_BUCKET", "s3://pictures",
                        "HALFTONE_S3_ENDPOINT", "minio:9000",
                        "HALFTONE_S3_PREFIX", "../up",
                        "HALFTONE_S3_SSE_KEY", "key-1",
                        "HALFTONE_S3_REGION", "EU (Frankfurt)",
                        "HALFTONE_S3_PUBLIC_URL", "https://{key}.example.com/",
                        "HALFTONE_S3_PRESIGNED_FOR", "8d",
                        "HALFTONE_S3_OLDER_SERVER", "yes")))
                .hasSize(9)
                .anyMatch(text -> text.startsWith("HALFTONE_S3_BUCKET"))
                .anyMatch(text -> text.startsWith("HALFTONE_S3_ENDPOINT"))
                .anyMatch(text -> text.startsWith("HALFTONE_S3_REGION"))
                .anyMatch(text -> text.startsWith("HALFTONE_S3_PREFIX"))
                .anyMatch(text -> text.startsWith("HALFTONE_S3_SSE_KEY"))
                .anyMatch(text -> text.startsWith("HALFTONE_S3_PUBLIC_URL") && text.contains("{key}"))
                .anyMatch(text -> text.startsWith("HALFTONE_S3_PRESIGNED_FOR is a time from 1s to 7d"))
                .anyMatch(text -> text.startsWith("HALFTONE_S3_PRESIGNED_FOR is set, so"))
                .anyMatch(text -> text.startsWith("HALFTONE_S3_OLDER_SERVER"));
    }
}
