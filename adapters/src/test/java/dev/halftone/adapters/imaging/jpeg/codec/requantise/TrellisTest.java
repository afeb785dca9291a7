package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The trellis against trying everything, and against rounding.
class TrellisTest {
    private static final int ZRL = 0xF0;

    /// One block by its 64 values in zig-zag order.
    private record Setting(Requantiser requantiser, int[] codes) {
        /// In fixed-point target steps, as the requantiser maps it.
        double exact(int k, int value) {
            return Math.abs(value) * (double) (requantiser.maps()[k + 1] >>> 32) / (1 << Requantiser.SHIFT);
        }

        /// `error + lambda * bits` over the AC coefficients, counted symbol by symbol (T.81 F.1.2.2).
        double cost(int[] source, int[] chosen, double lambda) {
            double error = 0;
            int bits = 0;
            int run = 0;
            for (int k = 1; k < 64; k++) {
                double off = exact(k, source[k]) - Math.abs(chosen[k]);
                error += off * off;
                if (chosen[k] == 0) {
                    run++;
                    continue;
                }
                for (; run > 15; run -= 16) {
                    bits += codes[ZRL];
                }
                int size = 32 - Integer.numberOfLeadingZeros(Math.abs(chosen[k]));
                bits += codes[run << 4 | size] + size;
                run = 0;
            }
            return error + lambda * (bits + (run > 0 ? codes[0] : 0));
        }
    }

    private static Setting setting(Random random) {
        int[] source = new int[64];
        int[] target = new int[64];
        for (int k = 0; k < 64; k++) {
            source[k] = 1 + random.nextInt(12);
            target[k] = 1 + random.nextInt(40);
        }
        int[] codes = new int[256];
        for (int symbol = 0; symbol < 256; symbol++) {
            codes[symbol] = 1 + random.nextInt(16);
        }
        return new Setting(Requantiser.to(QuantTable.of(source), QuantTable.of(target), Rounding.PLAIN, true), codes);
    }

    private static int[] block(Random random, int values) {
        int[] block = new int[64];
        for (int i = 0; i < values; i++) {
            int magnitude = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 5);
            block[1 + random.nextInt(63)] = random.nextBoolean() ? magnitude : -magnitude;
        }
        return block;
    }

    private static int[] chosen(Setting setting, int[] block, double lambda) {
        return read(run(setting, block, lambda));
    }

    private static Coefficients run(Setting setting, int[] block, double lambda) {
        Frame frame = JpegSamples.frame(8, 8, 11);
        Coefficients from = new Coefficients();
        from.reset(frame);
        from.dc(component(frame))[0] = (short) block[0];
        for (int k = 1; k < 64; k++) {
            from.plane(component(frame))[k] = (short) block[k];
        }
        from.setMasks(frame);
        return run(setting, frame, from, BitWorth.everywhere(lambda));
    }

    private static Coefficients run(Setting setting, Frame frame, Coefficients from, BitWorth worth) {
        Coefficients into = new Coefficients();
        new Trellis(worth)
                .requantise(
                        frame, from, List.of(setting.requantiser), new CodeLengths(setting.codes, setting.codes), into);
        return into;
    }

    private static FrameComponent component(Frame frame) {
        return frame.components().getFirst();
    }

    private static int[] read(Coefficients planes) {
        FrameComponent component = component(JpegSamples.frame(8, 8, 11));
        int[] block = new int[64];
        long mask = planes.masks(component)[0];
        block[0] = planes.dc(component)[0];
        for (int k = 1; k < 64; k++) {
            block[k] = (mask >> k & 1) == 0 ? 0 : planes.plane(component)[k];
        }
        return block;
    }

    private static int[] rounded(Setting setting, int[] block) {
        int[] rounded = new int[64];
        rounded[0] = setting.requantiser.dc(block[0]);
        for (int k = 1; k < 64; k++) {
            int magnitude = (int) (setting.exact(k, block[k]) + 0.5);
            rounded[k] = block[k] < 0 ? -magnitude : magnitude;
        }
        return rounded;
    }

    /// Values exactly between two steps may go either way.
    @Test
    void isNearestRoundingWhereBitsAreWorthNothing() {
        Random random = new Random(1);
        for (int round = 0; round < 3000; round++) {
            Setting setting = setting(random);
            int[] block = block(random, random.nextInt(64));
            block[0] = random.nextInt(2047) - 1023;
            int[] chosen = chosen(setting, block, 0);
            int[] rounded = rounded(setting, block);
            for (int k = 0; k < 64; k++) {
                double exact = setting.exact(k, block[k]);
                boolean tie = k > 0 && exact - Math.floor(exact) == 0.5;
                if (!tie) {
                    assertThat(chosen[k])
                            .as("round %d k %d of %s", round, k, exact)
                            .isEqualTo(rounded[k]);
                }
            }
            assertThat(setting.cost(block, chosen, 0)).isCloseTo(setting.cost(block, rounded, 0), within(1e-9));
        }
    }

    @Test
    void neverCostsMoreThanRounding() {
        Random random = new Random(2);
        for (int round = 0; round < 3000; round++) {
            Setting setting = setting(random);
            int[] block = block(random, random.nextInt(64));
            double lambda = random.nextDouble() * 0.3;
            assertThat(setting.cost(block, chosen(setting, block, lambda), lambda))
                    .as("round %d", round)
                    .isLessThanOrEqualTo(setting.cost(block, rounded(setting, block), lambda) + 1e-9);
        }
    }

    /// Every value at its nearest step, at the largest of a shorter code, and at none.
    @Test
    void findsWhatTryingEverythingFinds() {
        Random random = new Random(3);
        for (int round = 0; round < 400; round++) {
            Setting setting = setting(random);
            int[] block = block(random, 1 + random.nextInt(7));
            double lambda = random.nextDouble() * 0.3;
            double least = least(setting, block, lambda);
            int[] chosen = chosen(setting, block, lambda);
            assertThat(setting.cost(block, chosen, lambda))
                    .as("round %d", round)
                    .isCloseTo(least, within(1e-9));
            for (int k = 1; k < 64; k++) {
                assertThat(Integer.signum(chosen[k]) * Integer.signum(block[k])).isNotNegative();
            }
        }
    }

    @Test
    void aMixtureTreatsEachBlockOneWayOrTheOther() {
        Random random = new Random(6);
        Frame frame = JpegSamples.frame(256, 256, 11);
        Coefficients from = JpegSamples.random(frame, 0.2, 20, random).planes();
        from.setMasks(frame);
        Setting setting = setting(random);
        Coefficients dear = run(setting, frame, from, BitWorth.everywhere(0.2));
        Coefficients cheap = run(setting, frame, from, BitWorth.everywhere(0.02));
        Coefficients mixed = run(setting, frame, from, new BitWorth(0.2, 0.02, 0.25));
        long[] masks = mixed.masks(component(frame));
        int differ = 0;
        int others = 0;
        for (int block = 0; block < masks.length; block++) {
            long most = dear.masks(component(frame))[block];
            long some = cheap.masks(component(frame))[block];
            assertThat(masks[block]).isIn(most, some);
            differ += most == some ? 0 : 1;
            others += most != some && masks[block] == some ? 1 : 0;
        }
        assertThat(differ).isGreaterThan(300);
        assertThat((double) others / differ).isBetween(0.2, 0.3);
    }

    private static double least(Setting setting, int[] block, double lambda) {
        List<int[]> all = new ArrayList<>();
        all.add(new int[64]);
        int[] rounded = rounded(setting, block);
        for (int k = 1; k < 64; k++) {
            if (rounded[k] == 0) {
                continue;
            }
            int magnitude = Math.abs(rounded[k]);
            int shorter = Integer.highestOneBit(magnitude) - 1;
            List<int[]> more = new ArrayList<>();
            for (int[] one : all) {
                for (int value : shorter > 0 ? new int[] {magnitude, shorter} : new int[] {magnitude}) {
                    int[] other = one.clone();
                    other[k] = value;
                    more.add(other);
                }
            }
            all.addAll(more);
        }
        return all.stream()
                .mapToDouble(one -> setting.cost(block, one, lambda))
                .min()
                .orElseThrow();
    }
}
