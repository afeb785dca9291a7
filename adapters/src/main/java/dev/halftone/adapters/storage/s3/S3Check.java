package dev.halftone.adapters.storage.s3;

import dev.halftone.domain.storage.StoreUnusable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Does once, at the start, what the service will do a thousand times, so that a wrong name, key or right is
/// told to the operator rather than found by the first image.
final class S3Check {
    private static final byte[] CONTENT = "Halftone was here".getBytes(StandardCharsets.UTF_8);

    private final S3Settings settings;
    private final S3Client client;
    private final S3Requests requests;
    private final S3Addresses addresses;
    private final S3Addresses.Names probe;
    private final String key;

    S3Check(S3Settings settings, S3Client client, S3Requests requests, S3Addresses addresses) {
        this.settings = settings;
        this.client = client;
        this.requests = requests;
        this.addresses = addresses;
        this.probe = S3Addresses.Names.of("batches/halftone-check/" + UUID.randomUUID() + ".txt", settings.prefix());
        this.key = probe.inBucket();
    }

    /// @return what the operator should know though it does not stop the start
    Optional<String> run() {
        step("put an object", this::put);
        try {
            step("read it again", this::readAgain);
        } catch (StoreUnusable e) {
            leaveNothing(e);
            throw e;
        }
        Optional<String> warning = addresses.areOfTheService() ? Optional.empty() : publicly();
        step("delete it", this::delete);
        step("find it gone", this::findGone);
        return warning;
    }

    /// A server that refuses before it has read the body may close the connection under its own answer; a request
    /// without a body hears it.
    private void put() {
        try {
            client.putObject(requests.put(key, "text/plain"), S3Parts.body(CONTENT, CONTENT.length));
        } catch (AwsServiceException answered) {
            throw answered;
        } catch (SdkException silent) {
            findGone();
            throw silent;
        }
    }

    private void delete() {
        client.deleteObject(request -> request.bucket(settings.bucket()).key(key));
    }

    private void leaveNothing(StoreUnusable why) {
        try {
            delete();
        } catch (SdkException left) {
            why.addSuppressed(left);
        }
    }

    /// No reason to stop: a CDN may be out of this machine's reach.
    private Optional<String> publicly() {
        URI address = addresses.of(probe);
        return new PublicReading()
                .fails(address, CONTENT)
                .map(
                        why -> "the addresses in output CSVs may not work: "
                                + address.toString().replaceFirst("\\?.*", "") + " " + why
                                + ". Let everybody read batches/*, or set HALFTONE_S3_PUBLIC_URL to service, presigned or the address of a CDN.");
    }

    private void readAgain() {
        ResponseBytes<GetObjectResponse> read = get();
        if (!Arrays.equals(read.asByteArrayUnsafe(), CONTENT)) {
            throw new StoreUnusable(
                    what("read it again") + "other bytes came back. Something between here and there changes objects.",
                    new IOException("got " + read.asByteArrayUnsafe().length + " other bytes"));
        }
    }

    /// Without the right to list, AWS answers 403 for what does not exist, and "absent" can't be told from
    /// "refused".
    private void findGone() {
        try {
            get();
        } catch (S3Exception e) {
            if (!S3ObjectStore.isAbsent(e)) {
                throw e;
            }
        }
    }

    private ResponseBytes<GetObjectResponse> get() {
        return client.getObjectAsBytes(
                request -> request.bucket(settings.bucket()).key(key));
    }

    private void step(String doing, Runnable step) {
        try {
            step.run();
        } catch (AwsServiceException refused) {
            String code = S3Failures.code(refused);
            throw new StoreUnusable(
                    what(doing) + refused.statusCode() + " " + (code.isEmpty() ? "came back" : code) + ". "
                            + advice(refused.statusCode(), code),
                    refused);
        } catch (SdkException silent) {
            throw new StoreUnusable(what(doing) + cause(silent), silent);
        }
    }

    private String what(String doing) {
        return "HALFTONE_STORAGE is s3, and to " + doing + " in bucket " + settings.bucket() + " at "
                + settings.endpoint().map(URI::toString).orElse("AWS, " + settings.region()) + " failed: ";
    }

    private static String advice(int status, String code) {
        return switch (code) {
            case "NoSuchBucket" ->
                "Make the bucket, or correct HALFTONE_S3_BUCKET, HALFTONE_S3_REGION and HALFTONE_S3_ENDPOINT.";
            case "SignatureDoesNotMatch" -> "Correct HALFTONE_S3_SECRET_KEY.";
            case "InvalidAccessKeyId" -> "Correct HALFTONE_S3_ACCESS_KEY.";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                "Correct HALFTONE_S3_REGION: the bucket is in another region.";
            case "RequestTimeTooSkewed" -> "Set this machine's clock.";
            case "NotImplemented", "XAmzContentSHA256Mismatch" -> olderServer();
            default -> adviceByStatus(status);
        };
    }

    private static String adviceByStatus(int status) {
        return switch (status) {
            case 403 ->
                "The key needs s3:PutObject, s3:GetObject, s3:DeleteObject and s3:AbortMultipartUpload on the objects"
                        + " and s3:ListBucket on the bucket.";
            case 400, 501 -> olderServer();
            case 404 -> "Correct HALFTONE_S3_BUCKET and HALFTONE_S3_ENDPOINT.";
            case 301, 307 -> "Correct HALFTONE_S3_REGION.";
            default -> "Try again later, or ask whoever runs it.";
        };
    }

    private static String olderServer() {
        return "The server may not know what today's clients send: try HALFTONE_S3_OLDER_SERVER=true.";
    }

    private String cause(SdkException silent) {
        for (Throwable cause = silent; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.UnknownHostException) {
                return "the name " + cause.getMessage() + " leads nowhere. Correct HALFTONE_S3_ENDPOINT or "
                        + "HALFTONE_S3_REGION" + (settings.pathStyle() ? "." : ", or set HALFTONE_S3_PATH_STYLE=true.");
            }
            if (cause instanceof javax.net.ssl.SSLException) {
                return "the connection is not trusted (" + cause.getMessage() + "). Correct HALFTONE_S3_ENDPOINT.";
            }
        }
        return settings.credentials().isEmpty()
                        && String.valueOf(silent.getMessage()).contains("credentials")
                ? "no credentials were found. Set HALFTONE_S3_ACCESS_KEY and HALFTONE_S3_SECRET_KEY, or give AWS's own"
                        + " (AWS_ACCESS_KEY_ID, a profile, a role of the container or instance)."
                : "no answer came (" + deepest(silent)
                        + "). Check that it is up and that HALFTONE_S3_ENDPOINT is right.";
    }

    private static String deepest(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
