package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import dev.halftone.adapters.imaging.jpeg.codec.ZigZag;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.PlaneDecoder;
import java.util.Arrays;
import java.util.List;

/// The bands of a progressive file, whose coefficients have to be held all at once. Scans that only bring
/// what no transform of this scale looks at are left out: damage in them goes unseen, and does not show.
final class ProgressiveBands implements BandSource {
    private final List<ComponentRows> components;
    private final List<QuantTable> tables;
    private final Coefficients planes = new Coefficients();
    private final int[] block = new int[64];

    /// @param eachScan runs before each scan that is decoded
    ProgressiveBands(JpegStream file, List<ComponentRows> components, Runnable eachScan) {
        refuseIncomplete(file);
        this.components = components;
        tables = file.tables();
        List<Scan> needed = file.scans().stream()
                .filter(scan -> scan.spectralStart() == 0
                        || !components
                                .get(scan.components().getFirst().component().index())
                                .isDcOnly())
                .toList();
        new PlaneDecoder()
                .decodeSparse(
                        new JpegStream(file.bytes(), file.frame(), file.tables(), needed, file.segments(), file.end()),
                        planes,
                        eachScan,
                        PlaneDecoder.ALL);
    }

    /// What a file leaves out, decoders make up by smoothing across blocks; this one does not.
    private static void refuseIncomplete(JpegStream file) {
        int[][] missing = new int[file.frame().components().size()][64];
        for (int[] bits : missing) {
            Arrays.fill(bits, -1);
        }
        for (Scan scan : file.scans()) {
            for (ScanComponent one : scan.components()) {
                Arrays.fill(missing[one.component().index()], scan.spectralStart(), scan.spectralEnd() + 1, scan.low());
            }
        }
        for (FrameComponent component : file.frame().components()) {
            int[] bits = missing[component.index()];
            for (int k = 0; k < 64; k++) {
                if (bits[k] != 0) {
                    throw RefusedException.unsupported(
                            Markers.EOI,
                            file.end() - 2,
                            "scans of all coefficients to the last bit",
                            "component " + component.id() + " without those of index " + k);
                }
            }
        }
    }

    @Override
    public void band(int band) {
        for (ComponentRows component : components) {
            FrameComponent header = component.component();
            short[] dcs = planes.dc(header);
            short[] plane = planes.plane(header);
            long[] masks = planes.masks(header);
            QuantTable table = tables.get(header.index());
            for (int row = 0; row < component.bandRows(); row++) {
                int at = (band * header.vertical() + row) * header.storedWide();
                for (int column = 0; column < header.blocksWide(); column++, at++) {
                    if (component.isDcOnly()) {
                        component.putDc(dcs[at] * table.step(0), row, column);
                    } else {
                        block[0] = dcs[at] * table.step(0);
                        component.put(block, dequantise(plane, masks[at], at * 64, table), row, column);
                    }
                }
            }
        }
    }

    /// Gives the last index that is not zero.
    private int dequantise(short[] plane, long mask, int at, QuantTable table) {
        for (long left = mask; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            block[ZigZag.NATURAL[k]] = plane[at + k] * table.step(k);
        }
        return 63 - Long.numberOfLeadingZeros(mask | 1);
    }

    @Override
    public void finish() {}
}
