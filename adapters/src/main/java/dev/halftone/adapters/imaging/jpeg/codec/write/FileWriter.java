package dev.halftone.adapters.imaging.jpeg.codec.write;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.OptimalHuffman;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import java.util.ArrayList;
import java.util.List;

/// Writes a baseline file: the segments that are kept, tables, frame, one interleaved scan (T.81 B.2).
public final class FileWriter {
    private final BitWriter out;

    public FileWriter(BitWriter out) {
        this.out = out;
    }

    /// @param segments whole marker segments that go right after SOI: application data and comments
    /// @param tables quantisation table of each component
    /// @param huffman destination of the Huffman tables of each component, 0 or 1
    public byte[] write(byte[] segments, Frame frame, List<QuantTable> tables, List<Integer> huffman, Tokens tokens) {
        out.clear();
        out.marker(Markers.SOI);
        out.copy(segments, 0, segments.length);
        List<QuantTable> distinct = distinct(tables);
        writeQuantTables(distinct);
        writeFrame(frame, tables, distinct);
        int[][] codes = new int[4][];
        int used = huffman.contains(1) ? 4 : 2;
        for (int table = 0; table < used; table++) {
            HuffmanTable optimal = OptimalHuffman.table(tokens.counts(table));
            writeHuffmanTable((table & 1) << 4 | table >> 1, optimal);
            codes[table] = optimal.codes();
        }
        writeScanHeader(frame, huffman);
        out.tokens(tokens, 0, tokens.size(), codes);
        out.marker(Markers.EOI);
        return out.toByteArray();
    }

    private static List<QuantTable> distinct(List<QuantTable> tables) {
        List<QuantTable> distinct = new ArrayList<>();
        for (QuantTable table : tables) {
            if (!distinct.contains(table)) {
                distinct.add(table);
            }
        }
        return distinct;
    }

    private void writeQuantTables(List<QuantTable> tables) {
        for (int id = 0; id < tables.size(); id++) {
            QuantTable table = tables.get(id);
            int precision = table.isBaseline() ? 0 : 1;
            out.marker(Markers.DQT);
            out.u16(3 + 64 * (precision + 1));
            out.u8(precision << 4 | id);
            for (int k = 0; k < 64; k++) {
                if (precision == 0) {
                    out.u8(table.step(k));
                } else {
                    out.u16(table.step(k));
                }
            }
        }
    }

    private void writeFrame(Frame frame, List<QuantTable> tables, List<QuantTable> distinct) {
        boolean baseline = tables.stream().allMatch(QuantTable::isBaseline);
        out.marker(baseline ? Markers.SOF0 : Markers.SOF1);
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

    private void writeHuffmanTable(int classAndId, HuffmanTable table) {
        out.marker(Markers.DHT);
        out.u16(19 + table.symbolCount());
        out.u8(classAndId);
        for (int length = 1; length <= 16; length++) {
            out.u8(table.count(length));
        }
        for (int i = 0; i < table.symbolCount(); i++) {
            out.u8(table.symbol(i));
        }
    }

    private void writeScanHeader(Frame frame, List<Integer> huffman) {
        out.marker(Markers.SOS);
        out.u16(6 + 2 * frame.components().size());
        out.u8(frame.components().size());
        for (FrameComponent component : frame.components()) {
            out.u8(component.id());
            out.u8(huffman.get(component.index()) * 0x11);
        }
        out.u8(0);
        out.u8(63);
        out.u8(0);
    }
}
