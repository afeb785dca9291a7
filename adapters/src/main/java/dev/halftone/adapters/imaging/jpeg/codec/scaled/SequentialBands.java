package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The bands of a sequential file, decoded as they are asked for. Where the components come in several scans,
/// all are read side by side, so that no coefficient outlives its block.
final class SequentialBands implements BandSource {
    private final List<OneScan> scans = new ArrayList<>();

    /// @param components by their index in the frame
    SequentialBands(JpegStream file, List<ComponentRows> components) {
        int[] seen = new int[components.size()];
        for (Scan scan : file.scans()) {
            for (ScanComponent one : scan.components()) {
                if (seen[one.component().index()]++ > 0) {
                    throw RefusedException.damaged(
                            Markers.SOS,
                            scan.dataStart(),
                            "one scan of each component",
                            "component " + one.component().id() + " again");
                }
            }
            scans.add(new OneScan(file, scan, components));
        }
    }

    @Override
    public void band(int band) {
        scans.forEach(OneScan::band);
    }

    @Override
    public void finish() {
        scans.forEach(OneScan::finish);
    }

    private static int[] steps(QuantTable table) {
        int[] steps = new int[64];
        for (int k = 0; k < 64; k++) {
            steps[k] = table.step(k);
        }
        return steps;
    }

    private static final class OneScan {
        private final Frame frame;
        private final EntropyReader reader;
        private final List<ComponentRows> rows = new ArrayList<>();
        private final List<EntropyReader.Coding> codings = new ArrayList<>();
        private final int interval;
        private final int[] block = new int[64];
        private int untilRestart;

        OneScan(JpegStream file, Scan scan, List<ComponentRows> components) {
            frame = file.frame();
            reader = new EntropyReader(file.bytes(), scan);
            interval = scan.restartInterval() == 0 ? Integer.MAX_VALUE : scan.restartInterval();
            untilRestart = interval;
            for (ScanComponent one : scan.components()) {
                int index = one.component().index();
                ComponentRows component = components.get(index);
                rows.add(component);
                codings.add(new EntropyReader.Coding(
                        CodeLookup.ofDc(Objects.requireNonNull(one.dc())),
                        CodeLookup.ofAc(Objects.requireNonNull(one.ac())),
                        steps(file.tables().get(index)),
                        component.isDcOnly()));
            }
        }

        void band() {
            if (rows.size() == 1) {
                blocks(rows.getFirst(), codings.getFirst());
            } else {
                mcus();
            }
            reader.checkOverrun();
        }

        /// A scan of one component has no MCUs of several blocks (A.2.2).
        private void blocks(ComponentRows component, EntropyReader.Coding coding) {
            int wide = component.component().blocksWide();
            for (int row = 0; row < component.bandRows(); row++) {
                for (int column = 0; column < wide; column++) {
                    next();
                    block(component, coding, row, column);
                }
            }
        }

        private void mcus() {
            for (int mcu = 0; mcu < frame.mcusWide(); mcu++) {
                next();
                for (int i = 0; i < rows.size(); i++) {
                    ComponentRows component = rows.get(i);
                    EntropyReader.Coding coding = codings.get(i);
                    int high = component.component().vertical();
                    int wide = component.component().horizontal();
                    for (int y = 0; y < high; y++) {
                        for (int x = 0; x < wide; x++) {
                            block(component, coding, y, mcu * wide + x);
                        }
                    }
                }
            }
        }

        private void block(ComponentRows component, EntropyReader.Coding coding, int row, int column) {
            if (component.isDcOnly()) {
                component.putDc(reader.dcOnly(coding), row, column);
            } else {
                int last = reader.block(coding, block);
                component.put(block, last, row, column);
            }
        }

        private void next() {
            if (untilRestart == 0) {
                reader.restart();
                codings.forEach(EntropyReader.Coding::restart);
                untilRestart = interval;
            }
            untilRestart--;
        }

        void finish() {
            reader.finish();
        }
    }
}
