package dev.halftone.adapters.imaging.jpeg.codec.parse;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The tables in force at one place of a file: what its DQT and DHT segments have put into the four
/// destinations of each kind so far (T.81 B.2.4.1, B.2.4.2).
final class Tables {
    private final @Nullable QuantTable[] quant = new QuantTable[4];
    private final @Nullable HuffmanTable[] dc = new HuffmanTable[4];
    private final @Nullable HuffmanTable[] ac = new HuffmanTable[4];

    @Nullable
    QuantTable quant(int id) {
        return quant[id];
    }

    @Nullable
    HuffmanTable dc(int id) {
        return dc[id];
    }

    @Nullable
    HuffmanTable ac(int id) {
        return ac[id];
    }

    void readQuant(byte[] file, int start, int length) {
        int at = start;
        int end = start + length;
        while (at < end) {
            int precision = (file[at] & 0xff) >> 4;
            int id = file[at] & 15;
            if (precision > 1 || id > 3) {
                throw RefusedException.damaged(
                        Markers.DQT, at, "a precision of 0 or 1 and a destination of 0 to 3", precision + " and " + id);
            }
            int size = 64 * (precision + 1);
            int first = at + 1;
            if (first + size > end) {
                throw RefusedException.damaged(
                        Markers.DQT, at, size + " bytes of steps in the segment", end - first + " bytes");
            }
            int[] steps = new int[64];
            for (int k = 0; k < 64; k++) {
                steps[k] = precision == 0 ? file[first + k] & 0xff : u16(file, first + 2 * k);
                if (steps[k] == 0) {
                    throw RefusedException.damaged(
                            Markers.DQT, first + k * (precision + 1), "steps of 1 and more", "0 at index " + k);
                }
            }
            quant[id] = QuantTable.of(steps);
            at = first + size;
        }
    }

    void readHuffman(byte[] file, int start, int length) {
        int at = start;
        int end = start + length;
        while (at < end) {
            int tableClass = (file[at] & 0xff) >> 4;
            int id = file[at] & 15;
            if (tableClass > 1 || id > 3) {
                throw RefusedException.damaged(
                        Markers.DHT, at, "a class of 0 or 1 and a destination of 0 to 3", tableClass + " and " + id);
            }
            if (at + 17 > end) {
                throw RefusedException.damaged(
                        Markers.DHT, at, "16 numbers of codes in the segment", end - at - 1 + " bytes");
            }
            int[] counts = new int[17];
            int sum = 0;
            for (int i = 1; i <= 16; i++) {
                counts[i] = file[at + i] & 0xff;
                sum += counts[i];
            }
            if (sum > 256 || at + 17 + sum > end) {
                throw RefusedException.damaged(
                        Markers.DHT,
                        at + 1,
                        "at most 256 codes and as many symbols in the segment",
                        sum + " codes and " + (end - at - 17) + " bytes");
            }
            byte[] symbols = Arrays.copyOfRange(file, at + 17, at + 17 + sum);
            try {
                (tableClass == 0 ? dc : ac)[id] = new HuffmanTable(counts, symbols);
            } catch (IllegalArgumentException e) {
                throw RefusedException.damaged(
                        Markers.DHT, at + 1, "lengths of a prefix code", String.valueOf(e.getMessage()));
            }
            at += 17 + sum;
        }
    }

    private static int u16(byte[] file, int at) {
        return (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
    }
}
