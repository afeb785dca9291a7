package dev.halftone.adapters.outbound;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/// Reads an answer's body within a byte limit: a declared length over it is refused at once, and the bytes are
/// counted as they come, whatever was declared. Memory grows with what has arrived, never with what was
/// promised.
final class Body {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;
    private static final long WORTH_DRAINING = 64 << 10;

    private Body() {}

    /// @throws HalftoneException with `too_large`, or `corrupt_image` where a gzip coding is damaged
    static byte[] read(@Nullable HttpEntity entity, long maxBytes) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > maxBytes) {
            throw HalftoneException.of(
                    FailureCode.TOO_LARGE,
                    "the host announces " + entity.getContentLength() + " bytes, the limit is " + maxBytes);
        }
        InputStream content = entity.getContent();
        byte[] bytes = content == null ? new byte[0] : bounded(content, maxBytes);
        String coding = entity.getContentEncoding();
        return coding == null ? bytes : decoded(bytes, coding.strip().toLowerCase(Locale.ROOT), maxBytes);
    }

    /// Reads what is left of a short body that nobody wants, so that its connection can serve again.
    ///
    /// @return whether the body is read to its end
    static boolean drain(@Nullable HttpEntity entity) {
        if (entity == null) {
            return true;
        }
        long length = entity.getContentLength();
        if (length < 0 || length > WORTH_DRAINING) {
            return false;
        }
        try (InputStream content = entity.getContent()) {
            return content == null || content.readNBytes((int) length + 1).length == length;
        } catch (IOException cutShort) {
            return false;
        }
    }

    /// What was read of a body.
    ///
    /// @param whole whether that is all of it
    @SuppressWarnings("ArrayRecordComponent")
    record Beginning(byte[] bytes, boolean whole) {}

    /// Reads as much of a body as is worth it, up to where it ends or breaks off.
    static Beginning beginning(@Nullable HttpEntity entity) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        if (entity == null) {
            return new Beginning(read.toByteArray(), true);
        }
        boolean whole = false;
        // Not closed: closing would read an endless body to its end.
        try {
            InputStream content = entity.getContent();
            byte[] some = new byte[8_192];
            whole = content == null;
            while (!whole && read.size() < WORTH_DRAINING) {
                int count = content.read(some, 0, (int) Math.min(some.length, WORTH_DRAINING - read.size()));
                whole = count < 0;
                read.write(some, 0, Math.max(0, count));
            }
        } catch (IOException cutShort) {
            // What came is what there is.
        }
        return new Beginning(read.toByteArray(), whole);
    }

    /// No coding is asked for. Some hosts send gzip all the same; others name a coding (`utf-8`, `jpeg`) for
    /// bytes that are plain, so the bytes decide.
    private static byte[] decoded(byte[] bytes, String coding, long maxBytes) {
        boolean gzip = (coding.equals("gzip") || coding.equals("x-gzip"))
                && bytes.length > 2
                && bytes[0] == 0x1f
                && bytes[1] == (byte) 0x8b;
        if (!gzip) {
            return bytes;
        }
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return bounded(plain, maxBytes);
        } catch (IOException e) {
            throw HalftoneException.of(FailureCode.CORRUPT_IMAGE, "the gzip coding of the body is damaged", e);
        }
    }

    private static byte[] bounded(InputStream content, long maxBytes) throws IOException {
        int limit = (int) Math.min(maxBytes, LARGEST_ARRAY);
        byte[] bytes = content.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw HalftoneException.of(
                    FailureCode.TOO_LARGE, "the file has more than " + limit + " bytes, which is the limit");
        }
        return bytes;
    }
}
