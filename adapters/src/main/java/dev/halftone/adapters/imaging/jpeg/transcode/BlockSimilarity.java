package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;

/// Structural similarity before and after requantisation, of each block by itself and without transforming it
/// back: the DCT keeps inner products, so the variances of a block's samples and their covariance are sums over
/// its AC coefficients (Channappayya, Bovik and Heath, "Rate bounds on SSIM index of quantized images", 2008).
/// Differs from the index over sliding windows by what happens across block edges, by about the same at
/// neighbouring qualities.
final class BlockSimilarity {
    private static final double C1 = 0.01 * 255 * 0.01 * 255;
    private static final double C2 = 0.03 * 255 * 0.03 * 255;

    private BlockSimilarity() {}

    /// The mean over every `stride`-th row of blocks.
    static double estimate(
            FrameComponent component, QuantTable table, Coefficients planes, Requantiser requantiser, int stride) {
        double sum = 0;
        long blocks = 0;
        for (int row = stride / 2; row < component.blocksHigh(); row += stride) {
            for (int column = 0; column < component.blocksWide(); column++) {
                int block = row * component.storedWide() + column;
                sum += block(planes, component, block, table, requantiser);
                blocks++;
            }
        }
        return blocks == 0 ? 1 : sum / blocks;
    }

    private static double block(
            Coefficients planes, FrameComponent component, int block, QuantTable table, Requantiser requantiser) {
        short[] plane = planes.plane(component);
        int dc = planes.dc(component)[block];
        int at = block * 64;
        QuantTable result = requantiser.result();
        double before = 128 + dc * table.step(0) / 8.0;
        double after = 128 + requantiser.dc(dc) * result.step(0) / 8.0;
        double energyBefore = 0;
        double energyAfter = 0;
        double product = 0;
        int previous = 0;
        for (long left = planes.masks(component)[block]; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            double source = plane[at + k] * table.step(k);
            int value = requantiser.ac(k, plane[at + k], k - previous - 1);
            double target = value * result.step(k);
            previous = value == 0 ? previous : k;
            energyBefore += source * source;
            energyAfter += target * target;
            product += source * target;
        }
        double luminance = (2 * before * after + C1) / (before * before + after * after + C1);
        return luminance * (product / 32 + C2) / (energyBefore / 64 + energyAfter / 64 + C2);
    }
}
