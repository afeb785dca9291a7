package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitReader;
import java.util.Arrays;
import java.util.Objects;

/// The four kinds of progressive scans (T.81 G.1.2, G.2): DC and AC, first and refinement.
public final class ProgressiveBlocks {
    private ProgressiveBlocks() {}

    public static BlockDecoder of(Scan scan) {
        if (scan.spectralStart() == 0) {
            return scan.high() == 0 ? new DcFirst(scan.low()) : new DcRefine(scan.low());
        }
        return scan.high() == 0
                ? new AcFirst(scan.spectralStart(), scan.spectralEnd(), scan.low())
                : new AcRefine(scan.spectralStart(), scan.spectralEnd(), scan.low());
    }

    /// G.1.2.1, first scan.
    private static final class DcFirst implements BlockDecoder {
        private final int low;
        private final int[] predictions = new int[4];

        DcFirst(int low) {
            this.low = low;
        }

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
            if (dc << low < -1024 || dc << low > 1023) {
                throw RefusedException.damaged(0, 0, "a DC coefficient of 11 bits", dc << low);
            }
            predictions[index] = dc;
            plane[at] = (short) (dc << low);
        }
    }

    /// G.1.2.1, refinement: one bit a block.
    private static final class DcRefine implements BlockDecoder {
        private final int low;

        DcRefine(int low) {
            this.low = low;
        }

        @Override
        public void restart() {}

        @Override
        public void block(BitReader bits, ScanComponent component, short[] plane, int at) {
            bits.refill();
            plane[at] |= (short) (bits.read(1) << low);
        }
    }

    /// G.1.2.2, first scan: runs of blocks whose band is empty are counted in `emptyBlocks`.
    private static final class AcFirst implements BlockDecoder {
        private final int start;
        private final int end;
        private final int low;
        private int emptyBlocks;

        AcFirst(int start, int end, int low) {
            this.start = start;
            this.end = end;
            this.low = low;
        }

        @Override
        public void restart() {
            emptyBlocks = 0;
        }

        @Override
        public void block(BitReader bits, ScanComponent component, short[] plane, int at) {
            if (emptyBlocks > 0) {
                emptyBlocks--;
                return;
            }
            HuffmanTable ac = Objects.requireNonNull(component.ac());
            int k = start;
            while (k <= end) {
                int symbol = bits.symbol(ac);
                int run = symbol >> 4;
                int size = symbol & 15;
                if (size == 0) {
                    if (run < 15) {
                        emptyBlocks = (1 << run) - 1 + bits.read(run);
                        return;
                    }
                    k += 16;
                    continue;
                }
                k += run;
                if (k > end || size + low > 10) {
                    throw RefusedException.damaged(
                            0, 0, "coefficients of the band of at most 10 bits", "k " + k + ", " + (size + low));
                }
                plane[at + k++] = (short) (bits.extended(size) << low);
            }
            if (k > end + 1) {
                throw RefusedException.damaged(0, 0, "runs that end within the band", "k " + k);
            }
        }

        @Override
        public void finish(Scan scan) {
            refuseRest(scan, emptyBlocks);
        }
    }

    /// G.1.2.3, refinement: each coefficient that is not zero yet gets a correction bit where it is passed.
    private static final class AcRefine implements BlockDecoder {
        private final int start;
        private final int end;
        private final int low;
        private int emptyBlocks;

        AcRefine(int start, int end, int low) {
            this.start = start;
            this.end = end;
            this.low = low;
        }

        @Override
        public void restart() {
            emptyBlocks = 0;
        }

        @Override
        public void block(BitReader bits, ScanComponent component, short[] plane, int at) {
            int k = start;
            if (emptyBlocks == 0) {
                HuffmanTable ac = Objects.requireNonNull(component.ac());
                while (k <= end) {
                    int symbol = bits.symbol(ac);
                    int run = symbol >> 4;
                    int size = symbol & 15;
                    int value = 0;
                    if (size == 1) {
                        value = bits.read(1) == 1 ? 1 << low : -1 << low;
                    } else if (size != 0) {
                        throw RefusedException.damaged(0, 0, "a new coefficient of one bit", size + " bits");
                    } else if (run < 15) {
                        emptyBlocks = (1 << run) + bits.read(run);
                        break;
                    }
                    k = correct(bits, plane, at, k, run);
                    if (value != 0) {
                        if (k > end) {
                            throw RefusedException.damaged(0, 0, "coefficients of the band", "k " + k);
                        }
                        plane[at + k] = (short) value;
                    }
                    k++;
                }
            }
            if (emptyBlocks > 0) {
                correct(bits, plane, at, k, 64);
                emptyBlocks--;
            }
        }

        /// Passes `zeros` coefficients that are zero, correcting the others on the way; gives the index of the
        /// zero that follows them.
        private int correct(BitReader bits, short[] plane, int at, int from, int zeros) {
            int left = zeros;
            int k = from;
            for (; k <= end; k++) {
                int value = plane[at + k];
                if (value == 0) {
                    if (left-- == 0) {
                        break;
                    }
                } else {
                    bits.refill();
                    if (bits.read(1) == 1) {
                        plane[at + k] = (short) (value + (value > 0 ? 1 << low : -1 << low));
                    }
                }
            }
            return k;
        }

        @Override
        public void finish(Scan scan) {
            refuseRest(scan, emptyBlocks);
        }
    }

    private static void refuseRest(Scan scan, int emptyBlocks) {
        if (emptyBlocks > 0) {
            throw RefusedException.damaged(
                    Markers.SOS, scan.dataStart(), "runs that end with the segment", emptyBlocks + " blocks more");
        }
    }
}
