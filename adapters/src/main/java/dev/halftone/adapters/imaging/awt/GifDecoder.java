package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.GifFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.PixelSize;

/// Decodes the first frame of a GIF onto its canvas, clear where the frame does not reach. LZW as in the
/// GIF89a specification, appendix F.
final class GifDecoder {
    private static final int MAX_CODES = 4096;

    private GifDecoder() {}

    static Picture decode(GifFile file, PixelSize canvas, Deadline deadline) {
        GifFile.Frame frame = file.firstFrame();
        byte[] indexes = unpacked(frame, deadline);
        int[] argb = new int[canvas.width() * canvas.height()];
        int row = 0;
        for (int pass = frame.interlaced() ? 0 : 4; pass < 5 && row < frame.height(); pass++) {
            int first = new int[] {0, 4, 2, 1, 0}[pass];
            int step = new int[] {8, 8, 4, 2, 1}[pass];
            for (int y = first; y < frame.height() && row < frame.height(); y += step, row++) {
                place(frame, indexes, row, frame.top() + y, canvas, argb);
            }
        }
        return Picture.Colour.of(canvas.width(), canvas.height(), argb);
    }

    private static void place(GifFile.Frame frame, byte[] indexes, int row, int y, PixelSize canvas, int[] argb) {
        if (y >= canvas.height()) {
            return;
        }
        int columns = Math.min(frame.width(), canvas.width() - frame.left());
        for (int x = 0; x < columns; x++) {
            int index = indexes[row * frame.width() + x] & 255;
            if (index != frame.transparent()) {
                int rgb = index < frame.palette().length ? frame.palette()[index] : 0;
                argb[y * canvas.width() + frame.left() + x] = 0xff000000 | rgb;
            }
        }
    }

    private static byte[] unpacked(GifFile.Frame frame, Deadline deadline) {
        int codeSize = frame.codeSize();
        if (codeSize < 1 || codeSize > 11) {
            throw damaged("the GIF declares codes of " + codeSize + " bits");
        }
        byte[] out = new byte[frame.width() * frame.height()];
        short[] prefix = new short[MAX_CODES];
        byte[] suffix = new byte[MAX_CODES];
        byte[] stack = new byte[MAX_CODES + 1];
        int clear = 1 << codeSize;
        int next = clear + 2;
        int bits = codeSize + 1;
        int previous = -1;
        int first = 0;
        int buffer = 0;
        int have = 0;
        int at = 0;
        byte[] data = frame.data();
        for (int read = 0; at < out.length; ) {
            while (have < bits) {
                if (read == data.length) {
                    throw damaged("the GIF is cut short: " + at + " of " + out.length + " pixels are there");
                }
                buffer |= (data[read++] & 255) << have;
                have += 8;
            }
            int code = buffer & (1 << bits) - 1;
            buffer >>>= bits;
            have -= bits;
            if (code == clear) {
                deadline.check();
                next = clear + 2;
                bits = codeSize + 1;
                previous = -1;
                continue;
            }
            if (code == clear + 1) {
                throw damaged("the GIF ends early: " + at + " of " + out.length + " pixels are there");
            }
            if (code > next || code == next && previous < 0 || previous < 0 && code > clear) {
                throw damaged("the GIF uses a code that it has not defined");
            }
            int depth = 0;
            int walk = code;
            if (code == next) {
                stack[depth++] = (byte) first;
                walk = previous;
            }
            while (walk >= clear) {
                stack[depth++] = suffix[walk];
                walk = prefix[walk];
            }
            first = walk;
            stack[depth++] = (byte) walk;
            while (depth > 0 && at < out.length) {
                out[at++] = stack[--depth];
            }
            if (previous >= 0 && next < MAX_CODES) {
                prefix[next] = (short) previous;
                suffix[next++] = (byte) first;
                if (next == 1 << bits && bits < 12) {
                    bits++;
                }
            }
            previous = code;
        }
        return out;
    }

    private static HalftoneException damaged(String detail) {
        return HalftoneException.of(FailureCode.CORRUPT_IMAGE, detail);
    }
}
