package dev.halftone.domain.failure;

import java.util.Arrays;
import java.util.Optional;

/// Why an item failed. The wire code is stable: it stands in the API, the output CSV and the docs.
public enum FailureCode {
    INVALID_URL("invalid_url", false, "Give an absolute http:// or https:// address."),
    BLOCKED_ADDRESS(
            "blocked_address",
            false,
            "The address is not public; an operator can allow it in HALFTONE_OUTBOUND_ALLOW."),
    DNS_FAILURE("dns_failure", true, "Check the host name; it did not resolve to an address."),
    CONNECT_FAILED("connect_failed", true, "Check that the host is up and reachable from this server."),
    TIMEOUT("timeout", true, "The host was too slow; retry, or host the image nearer."),
    HTTP_STATUS("http_status", false, "Open the address in a browser: the host answered with an error status."),
    TOO_MANY_REDIRECTS("too_many_redirects", false, "Use the final address; the host redirected more than five times."),
    TLS_FAILURE("tls_failure", false, "Check the host's certificate; it could not be verified."),
    TOO_LARGE("too_large", false, "The file is over the byte limit; an operator can raise HALFTONE_MAX_IMAGE_BYTES."),
    TOO_MANY_PIXELS(
            "too_many_pixels",
            false,
            "The picture is over the pixel limit; an operator can raise HALFTONE_MAX_IMAGE_PIXELS."),
    NOT_AN_IMAGE("not_an_image", false, "The address does not lead to a picture; often it is an HTML page."),
    UNSUPPORTED_FORMAT("unsupported_format", false, "Convert the picture to JPEG, PNG, WebP or GIF."),
    UNSUPPORTED_OPERATION(
            "unsupported_operation",
            false,
            "This server lacks a part that this needs; leave it out, or ask its operator."),
    CORRUPT_IMAGE("corrupt_image", false, "The file is damaged or cut short; upload it to its host again."),
    PROCESSING_TIMEOUT("processing_timeout", false, "The picture took too long to process; try a smaller one."),
    STORAGE_UNAVAILABLE(
            "storage_unavailable",
            true,
            "The object store failed; unless it refused for good, the item is tried again."),
    STORAGE_FULL("storage_full", true, "The object store is full; free space, then retry the batch."),
    POISON("poison", false, "Processing this file stopped the worker three times; it is not tried again."),
    INTERNAL("internal", true, "An unexpected error; the log of the server has the cause.");

    private final String wire;
    private final boolean retryable;
    private final String advice;

    FailureCode(String wire, boolean retryable, String advice) {
        this.wire = wire;
        this.retryable = retryable;
        this.advice = advice;
    }

    /// The code as the API, the CSV and the database spell it.
    public String wire() {
        return wire;
    }

    /// Whether trying again later may help. A single [Failure] can know better: HTTP 503 is worth a retry, 404
    /// is not.
    public boolean retryable() {
        return retryable;
    }

    /// One sentence that tells the user what to do.
    public String advice() {
        return advice;
    }

    public static Optional<FailureCode> ofWire(String wire) {
        return Arrays.stream(values()).filter(code -> code.wire.equals(wire)).findFirst();
    }
}
