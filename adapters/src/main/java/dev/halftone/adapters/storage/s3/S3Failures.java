package dev.halftone.adapters.storage.s3;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// Tells what the SDK threw in the product's words: bucket, operation, status and code, never an address or a
/// key of the account.
final class S3Failures {
    private static final Set<String> FULL = Set.of(
            "EntityTooLarge", "QuotaExceeded", "ServiceQuotaExceeded", "StorageQuotaExceeded", "XMinioStorageFull");

    private final String bucket;

    S3Failures(String bucket) {
        this.bucket = bucket;
    }

    /// @param operation a verb, such as `put`
    HalftoneException of(SdkException thrown, String operation) {
        if (!(thrown instanceof AwsServiceException refused)) {
            return HalftoneException.of(
                    FailureCode.STORAGE_UNAVAILABLE,
                    "bucket " + bucket + ", " + operation + ": " + silence(thrown),
                    thrown);
        }
        String code = code(refused);
        String detail = "bucket %s refused %s: %d %s"
                .formatted(bucket, operation, refused.statusCode(), code)
                .strip();
        boolean full = refused.statusCode() == 507 || FULL.contains(code);
        boolean passes = passes(refused.statusCode(), code);
        return new HalftoneException(
                new Failure(
                        full ? FailureCode.STORAGE_FULL : FailureCode.STORAGE_UNAVAILABLE,
                        detail,
                        full && !code.equals("EntityTooLarge") || passes,
                        Optional.empty()),
                thrown);
    }

    /// The server's own word for what was wrong; empty where it gave none.
    static String code(AwsServiceException refused) {
        return refused.awsErrorDetails() == null || refused.awsErrorDetails().errorCode() == null
                ? ""
                : refused.awsErrorDetails().errorCode();
    }

    /// Keys, names and rights do not mend themselves; load, clocks and conflicts do.
    private static boolean passes(int status, String code) {
        return status >= 500
                || status == 408
                || status == 409
                || status == 429
                || code.equals("RequestTimeout")
                || code.equals("RequestTimeTooSkewed");
    }

    private static String silence(SdkException thrown) {
        if (thrown instanceof ApiCallTimeoutException || thrown instanceof ApiCallAttemptTimeoutException) {
            return "it took too long";
        }
        return String.valueOf(thrown.getMessage()).contains("credentials")
                ? "no credentials were found"
                : "no answer came";
    }
}
