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
    private final HeaderWriter headers;

    public FileWriter(BitWriter out) {
        this.out = out;
        headers = new HeaderWriter(out);
    }

    /// @param segments whole marker segments that go right after SOI: application data and comments
    /// @param tables quantisation table of each component
    public byte[] write(byte[] segments, Frame frame, List<QuantTable> tables, Tokens tokens) {
        return write(segments, frame, tables, tokens, 0);
    }

    /// Writes restart markers too, from which a decoder can begin anew after damage, or begin in parallel.
    ///
    /// @param restartInterval in MCUs, 1 to 65,535, the one that the tokens were made with; 0 for none
    public byte[] write(byte[] segments, Frame frame, List<QuantTable> tables, Tokens tokens, int restartInterval) {
        if (restartInterval < 0 || restartInterval > 0xFFFF) {
            throw new IllegalArgumentException("a restart interval is 0 to 65,535 MCUs, not " + restartInterval);
        }
        headers.picture(segments, frame, tables, false);
        int[][] codes = new int[4][];
        SharedTables dc = tables(frame, tokens, Tokens.DC_LUMA, Tokens.DC_CHROMA);
        SharedTables ac = tables(frame, tokens, Tokens.AC_LUMA, Tokens.AC_CHROMA);
        List<HeaderWriter.Destined> destined = new ArrayList<>();
        define(0x00, dc, codes, destined);
        define(0x10, ac, codes, destined);
        headers.huffmanTables(destined);
        if (restartInterval > 0) {
            headers.restartInterval(restartInterval);
        }
        headers.scan(
                frame.components().stream()
                        .map(one ->
                                new HeaderWriter.ScanTables(one.id(), table(dc, tokens, one), table(ac, tokens, one)))
                        .toList(),
                0,
                63,
                0,
                0);
        if (restartInterval > 0) {
            writeIntervals(frame, tokens, codes, restartInterval);
        } else {
            out.tokens(tokens, 0, tokens.size(), codes);
        }
        out.marker(Markers.EOI);
        return out.toByteArray();
    }

    /// How many bits the scan and its tables take, without writing them.
    public static long bits(Frame frame, Tokens tokens) {
        long bits = 8 * (8 + 2L * frame.components().size());
        bits += tables(frame, tokens, Tokens.DC_LUMA, Tokens.DC_CHROMA).bits();
        bits += tables(frame, tokens, Tokens.AC_LUMA, Tokens.AC_CHROMA).bits();
        for (int table = 0; table < 4; table++) {
            int[] counts = tokens.counts(table);
            for (int symbol = 0; symbol < 256; symbol++) {
                bits += (long) (symbol & 15) * counts[symbol];
            }
        }
        return bits;
    }

    private static SharedTables tables(Frame frame, Tokens tokens, int luma, int chroma) {
        boolean lumaOnly = frame.components().stream().allMatch(component -> tokens.huffman(component.index()) == 0);
        return new SharedTables(
                lumaOnly ? List.of(tokens.counts(luma)) : List.of(tokens.counts(luma), tokens.counts(chroma)));
    }

    private static int table(SharedTables tables, Tokens tokens, FrameComponent component) {
        return tables.tableOf(tokens.huffman(component.index()));
    }

    private static void define(
            int classBits, SharedTables tables, int[][] codes, List<HeaderWriter.Destined> destined) {
        for (int use = 0; use < tables.uses(); use++) {
            int table = tables.tableOf(use);
            HuffmanTable huffman = OptimalHuffman.table(tables.counts(table));
            codes[2 * use + (classBits >> 4)] = huffman.codes();
            if (table == use) {
                destined.add(new HeaderWriter.Destined(classBits | table, huffman));
            }
        }
    }

    /// Every block begins with its DC token, so counting those finds where an interval ends.
    private void writeIntervals(Frame frame, Tokens tokens, int[][] codes, int restartInterval) {
        boolean single = frame.components().size() == 1;
        int blocksInMcu = 0;
        for (FrameComponent component : frame.components()) {
            blocksInMcu += single ? 1 : component.horizontal() * component.vertical();
        }
        int[] array = tokens.array();
        long blocksLeft = (long) blocksInMcu * restartInterval;
        int from = 0;
        int restart = 0;
        for (int i = 0; i < tokens.size(); i++) {
            boolean beginsBlock = (array[i] >>> 28 & 1) == 0;
            if (beginsBlock && blocksLeft-- == 0) {
                out.tokens(tokens, from, i, codes);
                out.marker(Markers.RST0 + (restart++ & 7));
                from = i;
                blocksLeft = (long) blocksInMcu * restartInterval - 1;
            }
        }
        out.tokens(tokens, from, tokens.size(), codes);
    }
}
