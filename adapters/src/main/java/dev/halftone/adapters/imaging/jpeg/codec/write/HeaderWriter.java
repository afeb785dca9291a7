package dev.halftone.adapters.imaging.jpeg.codec.write;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import java.util.List;

/// Writes marker segments (T.81 Annex B). Tables that are known at once share a segment.
final class HeaderWriter {
    private final BitWriter out;

    HeaderWriter(BitWriter out) {
        this.out = out;
    }

    /// A Huffman table and its destination.
    ///
    /// @param classAndId class in bits 4 to 7 (0 DC, 1 AC), destination in bits 0 to 3
    record Destined(int classAndId, HuffmanTable table) {}

    /// One component of a scan header.
    record ScanTables(int componentId, int dc, int ac) {}

    /// SOI, the kept segments, the quantisation tables and the frame header.
    ///
    /// @param tables quantisation table of each component
    void picture(byte[] segments, Frame frame, List<QuantTable> tables, boolean progressive) {
        out.clear();
        out.marker(Markers.SOI);
        out.copy(segments, 0, segments.length);
        List<QuantTable> distinct = tables.stream().distinct().toList();
        writeQuantTables(distinct);
        boolean baseline = tables.stream().allMatch(QuantTable::isBaseline);
        out.marker(progressive ? Markers.SOF2 : baseline ? Markers.SOF0 : Markers.SOF1);
        out.u16(8 + 3 * frame.components().size());
        out.u8(8);
        out.u16(frame.height());
        out.u16(frame.width());
        out.u8(frame.components().size());
        for (FrameComponent component : frame.components()) {
            out.u8(component.id());
            out.u8(component.horizontal() << 4 | component.vertical());
            out.u8(distinct.indexOf(tables.get(component.index())));
        }
    }

    private void writeQuantTables(List<QuantTable> tables) {
        out.marker(Markers.DQT);
        out.u16(2
                + tables.stream()
                        .mapToInt(table -> table.isBaseline() ? 65 : 129)
                        .sum());
        for (int id = 0; id < tables.size(); id++) {
            QuantTable table = tables.get(id);
            boolean baseline = table.isBaseline();
            out.u8((baseline ? 0 : 1) << 4 | id);
            for (int k = 0; k < 64; k++) {
                if (baseline) {
                    out.u8(table.step(k));
                } else {
                    out.u16(table.step(k));
                }
            }
        }
    }

    void huffmanTables(List<Destined> tables) {
        if (tables.isEmpty()) {
            return;
        }
        out.marker(Markers.DHT);
        out.u16(2
                + tables.stream()
                        .mapToInt(one -> 17 + one.table().symbolCount())
                        .sum());
        for (Destined one : tables) {
            out.u8(one.classAndId());
            for (int length = 1; length <= 16; length++) {
                out.u8(one.table().count(length));
            }
            for (int i = 0; i < one.table().symbolCount(); i++) {
                out.u8(one.table().symbol(i));
            }
        }
    }

    /// @param mcus 1 to 65,535
    void restartInterval(int mcus) {
        out.marker(Markers.DRI);
        out.u16(4);
        out.u16(mcus);
    }

    void scan(List<ScanTables> components, int start, int end, int high, int low) {
        out.marker(Markers.SOS);
        out.u16(6 + 2 * components.size());
        out.u8(components.size());
        for (ScanTables component : components) {
            out.u8(component.componentId());
            out.u8(component.dc() << 4 | component.ac());
        }
        out.u8(start);
        out.u8(end);
        out.u8(high << 4 | low);
    }
}
