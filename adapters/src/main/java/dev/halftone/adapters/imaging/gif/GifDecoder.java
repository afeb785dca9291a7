package dev.halftone.adapters.imaging.gif;

import dev.halftone.adapters.imaging.container.GifFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.PixelSize;
import java.util.Arrays;

/// Decodes a GIF's first frame (GIF89a, Appendix F: LZW with codes of growing length) onto a clear canvas of the size
/// of
/// the whole. Strict: a code that is not in the table yet, and a frame that ends early, are damage.
public final class GifDecoder {
    private static final int MOST_CODES = 4096;
    private static final int[][] INTERLACED = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private final GifFile.Frame frame;
    private final Deadline deadline;

    private GifDecoder(GifFile.Frame frame, Deadline deadline) {
        this.frame = frame;
        this.deadline = deadline;
    }

    /// @param canvas the size of the whole picture
    public static Picture decode(GifFile file, PixelSize canvas, Deadline deadline) {
        return new GifDecoder(file.firstFrame(), deadline).on(canvas);
    }

    private Picture on(PixelSize canvas) {
        byte[] indexes = indexes();
        int[] argb = new int[canvas.width() * canvas.height()];
        int row = 0;
        for (int[] pass : frame.interlaced() ? INTERLACED : new int[][] {{0, 1}}) {
            for (int y = pass[0]; y < frame.height(); y += pass[1], row++) {
                deadline.check();
                place(indexes, row * frame.width(), y + frame.top(), argb, canvas);
            }
        }
        return Picture.Colour.of(canvas.width(), canvas.height(), argb);
    }

    /// What of the frame lies outside the canvas is not shown.
    private void place(byte[] indexes, int from, int y, int[] argb, PixelSize canvas) {
        if (y >= canvas.height()) {
            return;
        }
        int[] palette = frame.palette();
        for (int x = 0; x < frame.width() && x + frame.left() < canvas.width(); x++) {
            int index = indexes[from + x] & 255;
            if (index != frame.transparent()) {
                argb[y * canvas.width() + x + frame.left()] =
                        0xff000000 | (index < palette.length ? palette[index] : 0);
            }
        }
    }

    private byte[] indexes() {
        int codeSize = frame.codeSize();
        if (codeSize < 1 || codeSize > 11) {
            throw damaged("its code size is " + codeSize + ", not 2 to 8");
        }
        byte[] out = new byte[frame.width() * frame.height()];
        short[] prefix = new short[MOST_CODES];
        byte[] suffix = new byte[MOST_CODES];
        byte[] stack = new byte[MOST_CODES + 1];
        int clear = 1 << codeSize;
        for (int i = 0; i < clear; i++) {
            suffix[i] = (byte) i;
        }
        Arrays.fill(prefix, (short) -1);
        byte[] data = frame.data();
        int position = 0;
        int window = 0;
        int bits = 0;
        int length = codeSize + 1;
        int next = clear + 2;
        int previous = -1;
        int filled = 0;
        while (filled < out.length) {
            while (bits < length) {
                if (position == data.length) {
                    throw damaged("its first frame ends after " + filled + " of " + out.length + " pixels");
                }
                window |= (data[position++] & 255) << bits;
                bits += 8;
            }
            int code = window & (1 << length) - 1;
            window >>>= length;
            bits -= length;
            if (code == clear) {
                deadline.check();
                length = codeSize + 1;
                next = clear + 2;
                previous = -1;
                continue;
            }
            if (code == clear + 1) {
                throw damaged("its first frame ends after " + filled + " of " + out.length + " pixels");
            }
            if (code > next || code == next && previous < 0 || previous < 0 && code >= clear) {
                throw damaged("code " + code + " is used before it is defined");
            }
            int depth = 0;
            int at = code;
            if (code == next) {
                stack[depth++] = first(previous, clear, prefix, suffix);
                at = previous;
            }
            for (; at >= clear; at = prefix[at]) {
                stack[depth++] = suffix[at];
            }
            byte firstIndex = (byte) at;
            stack[depth++] = firstIndex;
            while (depth > 0 && filled < out.length) {
                out[filled++] = stack[--depth];
            }
            if (previous >= 0 && next < MOST_CODES) {
                prefix[next] = (short) previous;
                suffix[next++] = firstIndex;
                if (next == 1 << length && length < 12) {
                    length++;
                }
            }
            previous = code;
        }
        return out;
    }

    private static byte first(int code, int clear, short[] prefix, byte[] suffix) {
        int at = code;
        while (at >= clear) {
            at = prefix[at];
        }
        return suffix[at];
    }

    private static HalftoneException damaged(String detail) {
        return HalftoneException.of(FailureCode.CORRUPT_IMAGE, "the GIF is damaged: " + detail);
    }
}
