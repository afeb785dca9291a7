package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.wiring.Halftone;
import dev.halftone.domain.audit.VerifyStock;
import dev.halftone.domain.batch.BatchId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job with a bucket of a real S3 server, which checks signatures, in place of the folder.
class S3StorageTest {
    private static final String BUCKET = "pictures";

    @TempDir
    static Path folder;

    private static S3Proxy s3;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(folder.resolve("buckets").resolve(BUCKET));
        s3 = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.resolve("buckets").toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "AKHALFTONE", "s3cr3t-of-the-tests")
                .metricsEnabled(false)
                .build();
        s3.start();
    }

    @AfterAll
    static void stop() throws Exception {
        s3.stop();
    }

    private static Map<String, String> settings(String secret, String data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("HALFTONE_PORT", "0");
        settings.put("HALFTONE_DATA_DIR", folder.resolve(data).toString());
        settings.put("HALFTONE_OUTBOUND_ALLOW", "127.0.0.1");
        settings.put("HALFTONE_STORAGE", "s3");
        settings.put("HALFTONE_S3_BUCKET", BUCKET);
        settings.put("HALFTONE_S3_ENDPOINT", "http://127.0.0.1:" + s3.getPort());
        settings.put("HALFTONE_S3_ACCESS_KEY", "AKHALFTONE");
        settings.put("HALFTONE_S3_SECRET_KEY", secret);
        settings.put("HALFTONE_S3_PREFIX", "shop");
        settings.put("HALFTONE_S3_PUBLIC_URL", "presigned");
        return settings;
    }

    @Test
    void theOutputCsvHoldsAddressesThatAnswerThePictures() throws Exception {
        try (ImageHost host = new ImageHost();
                Halftone halftone = Halftone.forService(ConfigReader.read(
                        Environment.read(settings("s3cr3t-of-the-tests", "data"), Map.of(), folder)))) {
            host.put("/a.jpg", Pictures.jpeg(640, 480, 1));
            host.put("/b.png", Pictures.png(320, 200, 2));
            halftone.startWorker();
            try (Api api = new Api(halftone.startServer())) {
                JsonNode accepted = Api.json(api.submit(
                        "S. No.,Product Name,Input Image Urls\n1,Cup," + host.url("/a.jpg") + "\n2,Pot,"
                                + host.url("/b.png") + "\n",
                        ""));
                String id = accepted.get("requestId").asText();

                assertThat(api.awaitEnd(id).get("counts").get("completed").asInt())
                        .isEqualTo(2);
                List<String> rows = api.get("/api/batches/" + id + "/output.csv")
                        .body()
                        .lines()
                        .toList();
                assertThat(Pictures.decode(api.bytes(lastCell(rows.get(1)))).getWidth())
                        .isEqualTo(640);
                assertThat(Pictures.decode(api.bytes(lastCell(rows.get(2)))).getWidth())
                        .isEqualTo(320);
                assertThat(api.bytes(accepted.get("links").get("self").asText().replaceFirst("/api/.*", "")
                                + "/files/batches/" + id + "/000001-001.jpg"))
                        .isEqualTo(api.bytes(lastCell(rows.get(1))));
                assertThat(objects())
                        .containsExactlyInAnyOrder(
                                "shop/uploads/" + id + ".csv",
                                "shop/batches/" + id + "/000001-001.jpg",
                                "shop/batches/" + id + "/000002-001.png");
                assertThat(halftone.verify(VerifyStock.Scope.SETTLED).findings())
                        .isEmpty();
                halftone.purge(BatchId.parse(id).orElseThrow());
                assertThat(objects()).isEmpty();
            }
        }
    }

    @Test
    void aWrongSecretStopsTheStartAndSaysWhatToDo() throws Exception {
        Program.Ended ended = Program.run(folder, settings("not-the-secret", "untouched"), "serve");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains("bucket pictures at http://127.0.0.1:", "403 SignatureDoesNotMatch", "HALFTONE_S3_SECRET_KEY")
                .doesNotContain("not-the-secret", "\tat ");
        assertThat(folder.resolve("untouched")).doesNotExist();
    }

    private static String lastCell(String row) {
        return row.substring(row.lastIndexOf(",http") + 1).replace("\"", "");
    }

    private static List<String> objects() throws IOException {
        Path bucket = folder.resolve("buckets").resolve(BUCKET);
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .filter(key -> !key.startsWith("shop/stocks/"))
                    .toList();
        }
    }
}
