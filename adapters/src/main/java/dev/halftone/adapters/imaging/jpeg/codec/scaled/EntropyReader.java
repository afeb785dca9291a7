package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.ZigZag;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Decodes the blocks of a sequential scan (T.81 F.2.2) straight out of the file, in order, so that nothing of
/// the scan is held. Past the end of a restart segment it reads zeros, and says so at the next check. Not
/// thread-safe.
final class EntropyReader {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SHIFT = 64 - CodeLookup.BITS;
    private static final int SKIPPING_SHIFT = 64 - CodeLookup.SKIPPING_BITS;

    /// Natural index of a zig-zag index; a damaged run may reach past 63 before it is noticed.
    private static final int[] NATURAL = Arrays.copyOf(ZigZag.NATURAL, 64 + 16);

    private final byte[] file;
    private final int start;
    private final int end;
    private int position;
    private int restarts;
    private long window;
    private int bits;
    private int padding;

    EntropyReader(byte[] file, Scan scan) {
        this.file = file;
        start = scan.dataStart();
        end = scan.dataEnd();
        position = start;
    }

    /// What decoding a component's blocks needs, and its prediction.
    static final class Coding {
        private final CodeLookup dc;
        private final CodeLookup ac;
        private final char[] skipping;
        private final int[] steps;
        private int prediction;

        /// @param steps 64 quantisation steps in zig-zag order
        /// @param dcOnly whether nobody wants the other coefficients
        Coding(CodeLookup dc, CodeLookup ac, int[] steps, boolean dcOnly) {
            this.dc = dc;
            this.ac = ac;
            this.steps = Arrays.copyOf(steps, 64 + 16);
            skipping = dcOnly ? ac.skipping() : new char[0];
        }

        void restart() {
            prediction = 0;
        }
    }

    /// Decodes and dequantises a block.
    ///
    /// @param block 64 zeros, filled in natural order
    /// @return zig-zag index of the last coefficient that is not zero, or 0
    int block(Coding coding, int[] block) {
        block[0] = dc(coding) * coding.steps[0];
        int[] single = coding.ac.single();
        int[] steps = coding.steps;
        int last = 0;
        long window = this.window;
        int bits = this.bits;
        int k = 1;
        while (k < 64) {
            if (bits < 32) {
                int next;
                if (position + 4 <= end && hasNoFF(next = (int) INTS.get(file, position))) {
                    window |= (next & 0xFFFFFFFFL) << 32 - bits;
                    position += 4;
                    bits += 32;
                } else {
                    this.window = window;
                    this.bits = bits;
                    fill();
                    window = this.window;
                    bits = this.bits;
                }
            }
            int entry = single[(int) (window >>> SHIFT)];
            if (entry == 0) {
                entry = code(coding.ac, window);
            }
            int length = entry & 31;
            int size = entry >> 5 & 15;
            k += entry >> 9;
            window <<= length;
            bits -= length + size;
            if (size == 0) {
                continue;
            }
            int raw = (int) (window >>> 64 - size);
            window <<= size;
            int value = raw - ((raw >> size - 1 ^ 1) * ((1 << size) - 1));
            block[NATURAL[k]] = value * steps[k];
            last = k++;
        }
        this.window = window;
        this.bits = bits;
        checkEnd(k);
        return last;
    }

    /// Decodes a block's DC coefficient, dequantised, and passes over the others.
    int dcOnly(Coding coding) {
        int dc = dc(coding) * coding.steps[0];
        char[] skipping = coding.skipping;
        long window = this.window;
        int bits = this.bits;
        int k = 1;
        while (k < 64) {
            // Refilled each time rather than when it is needed: that branch could not be foretold. The window may then
            // hold bits beyond `bits`; they are those that a later refill lays on them again.
            long next;
            if (position + 8 <= end && hasNoFF(next = (long) LONGS.get(file, position))) {
                window |= next >>> bits;
                position += 63 - bits >> 3;
                bits |= 56;
            } else if (bits < 52) {
                this.window = window;
                this.bits = bits;
                fill();
                window = this.window;
                bits = this.bits;
            }
            int entry = skipping[(int) (window >>> SKIPPING_SHIFT)];
            int after = k + (entry >> 6);
            // Several codes at once must not reach the block's end before the last of them.
            if (entry == 0 || (after & CodeLookup.END - 1) > 63) {
                entry = one(coding.ac, window);
                after = k + (entry >> 6);
            }
            k = after;
            window <<= entry;
            bits -= entry & 63;
            if (k >= 64) {
                break;
            }
            // A step takes 26 bits at most, so that those of a refill do for two.
            entry = skipping[(int) (window >>> SKIPPING_SHIFT)];
            after = k + (entry >> 6);
            if (entry == 0 || (after & CodeLookup.END - 1) > 63) {
                entry = one(coding.ac, window);
                after = k + (entry >> 6);
            }
            k = after;
            window <<= entry;
            bits -= entry & 63;
        }
        this.window = window;
        this.bits = bits;
        checkEnd(k);
        return dc;
    }

    /// One code as an entry of [CodeLookup#skipping].
    private int one(CodeLookup lookup, long window) {
        int entry = code(lookup, window);
        return (entry & 31) + (entry >> 5 & 15) | CodeLookup.advance(entry) << 6;
    }

    private int dc(Coding coding) {
        if (bits < 32) {
            fill();
        }
        int entry = coding.dc.single()[(int) (window >>> SHIFT)];
        if (entry == 0) {
            entry = code(coding.dc, window);
        }
        int size = entry >> 5;
        window <<= entry & 31;
        int raw = (int) (window >>> 1 >>> 63 - size);
        window <<= size;
        bits -= (entry & 31) + size;
        int dc = coding.prediction + raw - (((raw << 1) >> size ^ 1) * ((1 << size) - 1));
        if (dc < -2048 || dc > 2047) {
            throw RefusedException.damaged(0, position, "a DC coefficient of 12 bits", dc);
        }
        coding.prediction = dc;
        return dc;
    }

    private int code(CodeLookup lookup, long window) {
        int entry = lookup.any((int) (window >>> 48));
        if (entry == 0) {
            throw RefusedException.damaged(0, position, "a Huffman code of a sequential scan", "bits of no such code");
        }
        return entry;
    }

    private void checkEnd(int k) {
        if (k > 64 && k < CodeLookup.END) {
            throw RefusedException.damaged(0, position, "runs that end within the block", "index " + k);
        }
    }

    private static boolean hasNoFF(long eight) {
        return (~eight - 0x0101010101010101L & eight & 0x8080808080808080L) == 0;
    }

    private static boolean hasNoFF(int four) {
        return (~four - 0x01010101 & four & 0x80808080) == 0;
    }

    /// Takes the stuffed zeros out (B.1.1.5) and stops in front of a marker.
    private void fill() {
        while (bits <= 56) {
            int next = 0;
            if (position >= end) {
                padding += 8;
            } else if (file[position] != (byte) 0xFF) {
                next = file[position++] & 0xff;
            } else {
                int after = position + 1;
                while (after < end && file[after] == (byte) 0xFF) {
                    after++;
                }
                if (after < end && file[after] == 0) {
                    next = 0xFF;
                    position = after + 1;
                } else {
                    position = after == end ? end : after - 1;
                    padding += 8;
                }
            }
            window |= (long) next << 56 - bits;
            bits += 8;
        }
    }

    /// @throws RefusedException when more was read than there is
    void checkOverrun() {
        if (bits < padding) {
            throw RefusedException.damaged(Markers.SOS, start, "data for all MCUs", "the end of it");
        }
    }

    /// Ends a restart segment and goes to the next, whose marker must have its turn (F.1.1.5.1).
    void restart() {
        finishSegment();
        int found = position + 1 < end ? file[position + 1] & 0xff : 0;
        int expected = Markers.RST0 + (restarts & 7);
        if (found != expected) {
            throw RefusedException.damaged(
                    found, position, "RST" + (restarts & 7), found == 0 ? "the end" : "%02X".formatted(found));
        }
        restarts++;
        position += 2;
        window = 0;
        bits = 0;
        padding = 0;
    }

    /// Ends the scan.
    void finish() {
        finishSegment();
        if (position != end) {
            throw RefusedException.damaged(Markers.SOS, position, "the end of the scan", "a restart marker");
        }
    }

    private void finishSegment() {
        checkOverrun();
        fill();
        if (bits - padding >= 8) {
            throw RefusedException.damaged(
                    Markers.SOS, position, "data that ends with its last MCU", "whole bytes left over");
        }
    }
}
