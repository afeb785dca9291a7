package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.BlockWalk.Place;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitReader;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import java.util.Objects;

/// Decodes a DC scan of a progressive file (T.81 G.1.2.1): the high bits first, then one bit a block in each
/// refinement.
final class DcScan {
    private DcScan() {}

    /// As [SequentialScan#decode].
    static long decode(EntropyData data, int segment, Scan scan, BlockWalk walk, int from, int to) {
        BitReader bits = new BitReader(data, segment);
        int[] predictions = new int[4];
        for (int mcu = from; mcu < to; mcu++) {
            int row = mcu / walk.mcusWide();
            int column = mcu - row * walk.mcusWide();
            if (bits.overrun()) {
                return -1;
            }
            for (Place place : walk.places()) {
                int block = place.block(row, column);
                if (scan.high() == 0) {
                    place.dcs()[block] = first(bits, scan, place, predictions);
                } else {
                    bits.refill();
                    place.dcs()[block] |= (short) (bits.read(1) << scan.low());
                }
            }
        }
        return bits.bitsLeft();
    }

    private static short first(BitReader bits, Scan scan, Place place, int[] predictions) {
        HuffmanTable table = Objects.requireNonNull(place.dc());
        int entry = bits.code(table);
        int size = entry & 0xff;
        if (entry == 0 || size > 11) {
            throw scan.damaged("a DC code of at most 11 bits", entry == 0 ? "bits of no code" : size + " bits");
        }
        int dc = predictions[place.component()] + bits.extended(size);
        if (dc << scan.low() < -1024 || dc << scan.low() > 1023) {
            throw scan.damaged("a DC coefficient of 11 bits", dc << scan.low());
        }
        predictions[place.component()] = dc;
        return (short) (dc << scan.low());
    }
}
