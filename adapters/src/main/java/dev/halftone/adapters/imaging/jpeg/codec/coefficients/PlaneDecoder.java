package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitReader;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import java.util.List;

/// Decodes all scans of a file into [Coefficients]: the general path, for progressive files, several scans and
/// whatever else needs a picture's coefficients at once. Not thread-safe.
public final class PlaneDecoder {
    private final EntropyData data = new EntropyData();

    public void decode(JpegStream file, Coefficients into) {
        decode(file, into, () -> {});
    }

    /// @param eachScan runs before each scan, and may throw to stop
    public void decode(JpegStream file, Coefficients into, Runnable eachScan) {
        into.reset(file.frame());
        for (Scan scan : file.scans()) {
            eachScan.run();
            data.read(file.bytes(), scan);
            BlockDecoder decoder = file.frame().progressive() ? ProgressiveBlocks.of(scan) : new SequentialBlocks();
            decode(file.frame(), scan, decoder, into);
        }
    }

    private void decode(Frame frame, Scan scan, BlockDecoder decoder, Coefficients into) {
        boolean interleaved = scan.components().size() > 1;
        FrameComponent only = scan.components().getFirst().component();
        int wide = interleaved ? frame.mcusWide() : only.blocksWide();
        int total = wide * (interleaved ? frame.mcusHigh() : only.blocksHigh());
        int interval = scan.restartInterval() == 0 ? total : scan.restartInterval();
        int segments = Frame.ceilDiv(total, interval);
        if (data.segments() != segments) {
            throw RefusedException.damaged(
                    Markers.SOS, scan.dataStart(), segments + " restart segments", data.segments());
        }
        for (int segment = 0; segment < segments; segment++) {
            BitReader bits = new BitReader(data, segment);
            decoder.restart();
            int from = segment * interval;
            int to = Math.min(total, from + interval);
            if (interleaved) {
                decodeMcus(frame, scan.components(), decoder, bits, into, from, to);
            } else {
                decodeBlocks(scan.components().getFirst(), decoder, bits, into, from, to);
            }
            if (bits.overrun() || bits.bitsLeft() >= 8 * 4) {
                throw RefusedException.damaged(
                        Markers.SOS,
                        scan.dataStart(),
                        "data that ends with its last MCU",
                        bits.overrun() ? "too little" : bits.bitsLeft() + " bits too many");
            }
            decoder.finish(scan);
        }
    }

    private static void decodeMcus(
            Frame frame,
            List<ScanComponent> components,
            BlockDecoder decoder,
            BitReader bits,
            Coefficients into,
            int from,
            int to) {
        int wide = frame.mcusWide();
        for (int mcu = from; mcu < to; mcu++) {
            int row = mcu / wide;
            int column = mcu % wide;
            for (ScanComponent one : components) {
                FrameComponent component = one.component();
                short[] plane = into.plane(component);
                for (int y = 0; y < component.vertical(); y++) {
                    int first =
                            (row * component.vertical() + y) * component.storedWide() + column * component.horizontal();
                    for (int x = 0; x < component.horizontal(); x++) {
                        decoder.block(bits, one, plane, (first + x) * 64);
                    }
                }
            }
            if (bits.overrun()) {
                throw RefusedException.damaged(
                        Markers.SOS, 0, "data for " + (to - mcu) + " more MCUs", "the end of it");
            }
        }
    }

    private static void decodeBlocks(
            ScanComponent one, BlockDecoder decoder, BitReader bits, Coefficients into, int from, int to) {
        FrameComponent component = one.component();
        short[] plane = into.plane(component);
        int wide = component.blocksWide();
        int column = from % wide;
        int row = from / wide;
        for (int block = from; block < to; block++) {
            decoder.block(bits, one, plane, (row * component.storedWide() + column) * 64);
            if (++column == wide) {
                column = 0;
                row++;
                if (bits.overrun()) {
                    throw RefusedException.damaged(
                            Markers.SOS, 0, "data for " + (to - block) + " more blocks", "the end of it");
                }
            }
        }
    }
}
