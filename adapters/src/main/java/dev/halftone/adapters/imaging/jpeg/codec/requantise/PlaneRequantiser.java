package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import java.util.List;

/// Requantises a whole picture from planes into planes, each coefficient by itself. Of the result only values
/// that the masks name may be read, and the DC values of blocks that hold samples of the picture.
public final class PlaneRequantiser {
    private PlaneRequantiser() {}

    /// @param requantisers one for each component
    /// @param into another picture's buffers than `from`
    public static void requantise(Frame frame, Coefficients from, List<Requantiser> requantisers, Coefficients into) {
        into.resetSparse(frame);
        for (FrameComponent component : frame.components()) {
            Requantiser requantiser = requantisers.get(component.index());
            for (int row = 0; row < component.blocksHigh(); row++) {
                int first = row * component.storedWide();
                for (int block = first; block < first + component.blocksWide(); block++) {
                    into.dc(component)[block] = (short) requantiser.dc(from.dc(component)[block]);
                    into.masks(component)[block] = block(
                            from.plane(component),
                            from.masks(component)[block],
                            block * 64,
                            requantiser,
                            into.plane(component));
                }
            }
        }
    }

    /// Gives the mask of what survives.
    static long block(short[] from, long mask, int at, Requantiser requantiser, short[] into) {
        long survivors = 0;
        int previous = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int value = requantiser.ac(k, from[at + k], k - previous - 1);
            if (value != 0) {
                into[at + k] = (short) value;
                survivors |= 1L << k;
                previous = k;
            }
        }
        return survivors;
    }
}
