package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.LimitProblems;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.ImageFormat;
import io.javalin.http.Context;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// Takes images in, from a form or as the whole body. They wait on the disk until there is room for them: only
/// a few are in memory at once, however many clients there are and however slowly they send. Thread-safe.
public final class ImageIntake {
    private static final Set<String> FILES = Set.of("file", "image");

    private final long maxBytes;
    private final Path spool;
    private final Semaphore inMemory;

    /// @param maxBytes of one image
    /// @param spool a folder that exists
    public ImageIntake(long maxBytes, Path spool) {
        this.maxBytes = maxBytes;
        this.spool = spool;
        long fit = Runtime.getRuntime().maxMemory() / 8 / maxBytes;
        this.inMemory = new Semaphore((int) Math.clamp(fit, 2, 32), true);
    }

    /// What is done with an image while it is in memory.
    @FunctionalInterface
    public interface Work {
        void with(Upload upload) throws IOException, InterruptedException;
    }

    /// @param bytes none where the request carried no image
    /// @param fields the form's texts
    @SuppressWarnings("ArrayRecordComponent")
    public record Upload(Optional<byte[]> bytes, Map<String, String> fields) {}

    /// @throws Refusal 400, 413 or 415
    public void take(Context ctx, Work work) throws IOException, InterruptedException {
        if (ctx.isMultipartFormData()) {
            form(ctx, work);
        } else {
            body(ctx, work);
        }
    }

    /// Whether the request carries an image rather than text, by its first bytes. Reads nothing away.
    ///
    /// @param largest of any file the address takes
    public boolean isImage(Context ctx, long largest) throws IOException {
        if (!ctx.isMultipartFormData()) {
            return isImage(RequestBody.peek(ctx, ImageFormat.SNIFF_BYTES));
        }
        for (Part part : FormParts.of(ctx, largest, spool, () -> LimitProblems.tooLarge(largest))) {
            if (FILES.contains(part.getName())) {
                try (InputStream content = part.getInputStream()) {
                    return isImage(content.readNBytes(ImageFormat.SNIFF_BYTES));
                }
            }
        }
        return false;
    }

    /// `BM` may begin a BMP and a text; a text has no control characters.
    private static boolean isImage(byte[] head) {
        boolean binary = false;
        for (byte b : head) {
            binary |= b >= 0 && b < 9 || b == 127;
        }
        return binary && ImageFormat.sniff(head).isPresent();
    }

    private void form(Context ctx, Work work) throws IOException, InterruptedException {
        Part image = null;
        Map<String, String> fields = new LinkedHashMap<>();
        for (Part part : FormParts.of(ctx, maxBytes, spool, this::tooLarge)) {
            if (!FILES.contains(part.getName())) {
                fields.put(part.getName(), FormParts.text(part));
            } else if (!FormParts.isUntouched(part)) {
                if (image != null) {
                    throw RequestProblems.badField(part.getName(), "given_twice", "one image at a time");
                }
                image = part;
            }
        }
        if (image != null && image.getSize() > maxBytes) {
            throw tooLarge();
        }
        inMemory.acquire();
        try {
            work.with(new Upload(image == null ? Optional.empty() : Optional.of(bytes(image)), fields));
        } finally {
            inMemory.release();
        }
    }

    private static byte[] bytes(Part part) throws IOException {
        try (InputStream content = part.getInputStream()) {
            return content.readAllBytes();
        }
    }

    private void body(Context ctx, Work work) throws IOException, InterruptedException {
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        Path waiting = Files.createTempFile(spool, "image", null);
        try {
            try (OutputStream out = Files.newOutputStream(waiting)) {
                copy(RequestBody.of(ctx), out);
            }
            inMemory.acquire();
            try {
                byte[] bytes = Files.readAllBytes(waiting);
                work.with(new Upload(bytes.length == 0 ? Optional.empty() : Optional.of(bytes), Map.of()));
            } finally {
                inMemory.release();
            }
        } finally {
            Files.deleteIfExists(waiting);
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = maxBytes;
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            left -= got;
            if (left < 0) {
                throw tooLarge();
            }
            out.write(buffer, 0, got);
        }
    }

    private Refusal tooLarge() {
        return Problems.of(Failure.of(FailureCode.TOO_LARGE, "The image is over the limit of " + maxBytes + " bytes."));
    }
}
