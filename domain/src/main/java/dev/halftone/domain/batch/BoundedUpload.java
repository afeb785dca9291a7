package dev.halftone.domain.batch;

import dev.halftone.domain.manifest.ManifestRefused;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Ends an upload that grows past the limit, so that it is refused before it fills the store.
final class BoundedUpload extends FilterInputStream {
    private final long limit;
    private long read;

    BoundedUpload(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = super.read(into, offset, length);
        if (got > 0) {
            count(got);
        }
        return got;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) {
        read += bytes;
        if (read > limit) {
            throw new ManifestRefused(
                    ManifestRefused.Reason.TOO_MANY_BYTES,
                    "The file is over the limit of " + limit
                            + " bytes. Split it, or have the operator raise HALFTONE_MAX_CSV_BYTES.");
        }
    }
}
