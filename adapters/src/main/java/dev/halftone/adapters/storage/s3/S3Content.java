package dev.halftone.adapters.storage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// An object's bytes. Closing before the end drops the connection rather than read the rest of it.
final class S3Content extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> content;
    private long left;

    S3Content(ResponseInputStream<GetObjectResponse> content) {
        super(content);
        this.content = content;
        this.left = content.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        left -= one < 0 ? 0 : 1;
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = super.read(into, offset, length);
        left -= Math.max(0, got);
        return got;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        left -= skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (left > 0) {
            content.abort();
        } else {
            super.close();
        }
    }
}
