package dev.halftone.adapters.imaging.jpeg.codec.write;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.OptimalHuffman;
import dev.halftone.adapters.imaging.jpeg.codec.scans.PlannedScan;
import dev.halftone.adapters.imaging.jpeg.codec.scans.ScanScript;
import dev.halftone.adapters.imaging.jpeg.codec.scans.ScanTokenizer;
import dev.halftone.adapters.imaging.jpeg.codec.scans.ScanTokens;
import dev.halftone.adapters.imaging.jpeg.codec.scans.SparsePicture;
import dev.halftone.adapters.imaging.jpeg.codec.write.HeaderWriter.Destined;
import dev.halftone.adapters.imaging.jpeg.codec.write.HeaderWriter.ScanTables;
import java.util.ArrayList;
import java.util.List;

/// Writes a progressive file (T.81 Annex G) with Huffman tables made for its scans; scans share a table where
/// that is cheaper. Keeps its buffers from picture to picture. Not thread-safe.
public final class ProgressiveWriter {
    private final BitWriter out;
    private final HeaderWriter headers;
    private final ScanTokens tokens = new ScanTokens();

    public ProgressiveWriter(BitWriter out) {
        this.out = out;
        headers = new HeaderWriter(out);
    }

    /// @param segments whole marker segments that go right after SOI: application data and comments
    /// @param tables quantisation table of each component
    public byte[] write(byte[] segments, List<QuantTable> tables, SparsePicture picture, ScanScript script) {
        tokens.clear();
        ScanTokenizer tokenizer = new ScanTokenizer(picture, tokens);
        int[] ends = new int[script.scans().size() + 1];
        TablesOfClass dc = new TablesOfClass(0);
        TablesOfClass ac = new TablesOfClass(1);
        for (int i = 0; i < script.scans().size(); i++) {
            PlannedScan scan = script.scans().get(i);
            tokenizer.append(scan);
            ends[i + 1] = tokens.size();
            int[][] counts = tokens.counts(ends[i], ends[i + 1]);
            int places = scan.components().size();
            dc.addScan(counts, scan.isDc() && scan.isFirst() ? places : 0);
            ac.addScan(counts, scan.isDc() ? 0 : 1);
        }
        dc.share();
        ac.share();
        headers.picture(segments, picture.frame(), tables, true);
        for (int i = 0; i < script.scans().size(); i++) {
            if (dc.lacks(i) || ac.lacks(i)) {
                List<Destined> loaded = new ArrayList<>(dc.load(i));
                loaded.addAll(ac.load(i));
                headers.huffmanTables(loaded);
            }
            PlannedScan scan = script.scans().get(i);
            writeHeader(picture.frame(), scan, i, dc, ac);
            int[][] codes = (scan.isDc() ? dc : ac).codes(i);
            out.scan(tokens.array(), ends[i], ends[i + 1], codes);
        }
        out.marker(Markers.EOI);
        return out.toByteArray();
    }

    private void writeHeader(Frame frame, PlannedScan scan, int index, TablesOfClass dc, TablesOfClass ac) {
        List<ScanTables> components = new ArrayList<>();
        for (int place = 0; place < scan.components().size(); place++) {
            int id = frame.components().get(scan.components().get(place)).id();
            components.add(new ScanTables(id, dc.slot(index, place), ac.slot(index, place)));
        }
        headers.scan(components, scan.start(), scan.end(), scan.high(), scan.low());
    }

    /// The Huffman tables of all scans, of one class.
    private static final class TablesOfClass {
        private final int tableClass;
        private final List<int[]> uses = new ArrayList<>();
        private final List<List<Integer>> usesOfScan = new ArrayList<>();
        private final List<List<Integer>> tablesOfScan = new ArrayList<>();
        private final List<HuffmanTable> tables = new ArrayList<>();
        private TableSlots slots = new TableSlots(List.of());

        TablesOfClass(int tableClass) {
            this.tableClass = tableClass;
        }

        /// @param counts by the component's place in the scan
        /// @param places how many of those need a table of this class
        void addScan(int[][] counts, int places) {
            List<Integer> added = new ArrayList<>();
            for (int place = 0; place < places; place++) {
                added.add(uses.size());
                uses.add(counts[place]);
            }
            usesOfScan.add(added);
        }

        void share() {
            SharedTables shared = new SharedTables(uses);
            for (List<Integer> scan : usesOfScan) {
                tablesOfScan.add(scan.stream().map(shared::tableOf).toList());
            }
            for (int use = 0; use < uses.size(); use++) {
                tables.add(OptimalHuffman.table(shared.counts(use)));
            }
            slots = new TableSlots(tablesOfScan);
        }

        boolean lacks(int scan) {
            return slots.lacks(scan);
        }

        List<Destined> load(int scan) {
            return slots.load(scan).stream()
                    .map(one -> new Destined(tableClass << 4 | one.slot(), tables.get(one.table())))
                    .toList();
        }

        /// Destination of a component's table, 0 where the scan needs none.
        int slot(int scan, int place) {
            List<Integer> needed = tablesOfScan.get(scan);
            return place < needed.size() ? slots.slot(needed.get(place)) : 0;
        }

        int[][] codes(int scan) {
            return tablesOfScan.get(scan).stream()
                    .map(table -> tables.get(table).codes())
                    .toArray(int[][]::new);
        }
    }
}
