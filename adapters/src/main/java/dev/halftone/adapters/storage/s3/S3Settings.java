package dev.halftone.adapters.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the bucket is and how it is spoken to.
///
/// @param endpoint of a server other than AWS's own
/// @param credentials empty for the SDK's default chain: `AWS_…` variables, profile, container, instance
/// @param pathStyle whether the bucket stands in the path rather than in the host name
/// @param olderServer whether to leave out what servers before 2025 refuse: the SDK's own checksums, uploads
/// signed chunk by chunk, `Expect: 100-continue`
/// @param prefix stands before every key, without `/` at either end; empty for none
public record S3Settings(
        String bucket,
        String region,
        Optional<URI> endpoint,
        Optional<Credentials> credentials,
        boolean pathStyle,
        boolean olderServer,
        String prefix,
        Encryption encryption,
        Addresses addresses,
        Timing timing) {
    private static final Pattern PREFIX =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?");

    public S3Settings {
        if (bucket.isBlank() || bucket.contains("/")) {
            throw new IllegalArgumentException("not the name of a bucket: \"" + bucket + "\"");
        }
        if (!isPrefix(prefix) || prefix.length() > 256) {
            throw new IllegalArgumentException("not a prefix of keys: \"" + prefix + "\"");
        }
    }

    /// Whether this can stand before keys: segments of letters, digits, `.`, `_` and `-`, joined by `/`.
    public static boolean isPrefix(String text) {
        return PREFIX.matcher(text).matches();
    }

    /// A pair of keys.
    public record Credentials(String accessKey, String secretKey) {

        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }

    /// How the server encrypts what it keeps.
    public sealed interface Encryption {
        /// As the bucket says.
        record OfBucket() implements Encryption {}

        /// With keys of S3 (`AES256`).
        record OfS3() implements Encryption {}

        /// With a key of KMS (`aws:kms`).
        ///
        /// @param keyId empty for the account's default key
        record OfKms(Optional<String> keyId) implements Encryption {}
    }

    /// Under which addresses the world finds the objects.
    public sealed interface Addresses {
        /// The bucket's own. It must let everybody read.
        record OfBucket() implements Addresses {}

        /// Another address that leads to the bucket, such as a CDN's.
        ///
        /// @param text with `{key}` where the object's key goes, prefix included
        record Template(String text) implements Addresses {
            public Template {
                if (!text.contains("{key}")) {
                    throw new IllegalArgumentException("{key} is missing: \"" + text + "\"");
                }
            }
        }

        /// Signed addresses of a private bucket, which end.
        ///
        /// @param lifetime 1 s to 7 days, the most that the signature allows
        record Presigned(Duration lifetime) implements Addresses {
            public static final Duration LONGEST = Duration.ofDays(7);

            public Presigned {
                if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
                    throw new IllegalArgumentException("a signature holds for 1 s to 7 days, not " + lifetime);
                }
            }
        }

        /// The service's own `/files/`, which reads from the bucket: the bucket stays private, the addresses
        /// last.
        record OfService() implements Addresses {}
    }

    /// How long to wait.
    ///
    /// @param connect for a connection
    /// @param silence between two bytes
    /// @param attempt for one try of one request
    /// @param total for a request with all its tries
    public record Timing(Duration connect, Duration silence, Duration attempt, Duration total) {
        public static final Timing DEFAULT =
                new Timing(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(5));
    }
}
