package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitReader;
import java.util.Arrays;
import java.util.Objects;

/// Sequential blocks (T.81 F.2.2).
final class SequentialBlocks implements BlockDecoder {
    private final int[] predictions = new int[4];

    @Override
    public void restart() {
        Arrays.fill(predictions, 0);
    }

    @Override
    public void block(BitReader bits, ScanComponent component, short[] plane, int at) {
        int size = bits.symbol(Objects.requireNonNull(component.dc()));
        if (size > 11) {
            throw RefusedException.damaged(0, 0, "a DC difference of at most 11 bits", size);
        }
        int index = component.component().index();
        int dc = predictions[index] + bits.extended(size);
        if (dc < -1024 || dc > 1023) {
            throw RefusedException.damaged(0, 0, "a DC coefficient of 11 bits", dc);
        }
        predictions[index] = dc;
        plane[at] = (short) dc;
        HuffmanTable ac = Objects.requireNonNull(component.ac());
        int k = 1;
        while (k < 64) {
            int symbol = bits.symbol(ac);
            int run = symbol >> 4;
            int bitCount = symbol & 15;
            if (bitCount == 0) {
                if (run == 0) {
                    return;
                }
                if (run != 15) {
                    throw RefusedException.damaged(0, 0, "an AC code of a sequential scan", "%02X".formatted(symbol));
                }
                k += 16;
                continue;
            }
            k += run;
            if (k > 63 || bitCount > 10) {
                throw RefusedException.damaged(
                        0, 0, "coefficients 1 to 63 of at most 10 bits", "k " + k + ", " + bitCount);
            }
            plane[at + k++] = (short) bits.extended(bitCount);
        }
        if (k > 64) {
            throw RefusedException.damaged(0, 0, "runs that end within the block", "k " + k);
        }
    }
}
