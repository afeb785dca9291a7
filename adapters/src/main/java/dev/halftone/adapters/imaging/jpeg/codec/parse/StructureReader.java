package dev.halftone.adapters.imaging.jpeg.codec.parse;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import dev.halftone.adapters.imaging.jpeg.codec.Segment;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the markers of a file (T.81 Annex B) and finds where each scan's data begins and ends, without
/// decoding any. Strict: what breaks the syntax is refused with its place.
public final class StructureReader {
    /// More scans than any encoder writes; each costs a pass over the picture.
    private static final int MAX_SCANS = 100;

    private final byte[] file;
    private final long maxPixels;
    private final @Nullable QuantTable[] quantTables = new QuantTable[4];
    private final @Nullable HuffmanTable[] dcTables = new HuffmanTable[4];
    private final @Nullable HuffmanTable[] acTables = new HuffmanTable[4];
    private final List<Segment> segments = new ArrayList<>();
    private final List<Scan> scans = new ArrayList<>();
    private @Nullable QuantTable[] latched = new QuantTable[0];
    private @Nullable Frame frame;
    private int restartInterval;
    private int position;

    private StructureReader(byte[] file, long maxPixels) {
        this.file = file;
        this.maxPixels = maxPixels;
    }

    /// @throws RefusedException when the file is damaged or of another process
    public static JpegStream read(byte[] file, long maxPixels) {
        return new StructureReader(file, maxPixels).read();
    }

    private JpegStream read() {
        if (file.length < 4 || u16(0) != 0xFFD8) {
            throw RefusedException.damaged(Markers.SOI, 0, "SOI", "other bytes");
        }
        position = 2;
        while (true) {
            int marker = nextMarker();
            if (marker == Markers.EOI) {
                return finished();
            }
            if (marker == Markers.TEM) {
                continue;
            }
            if (Markers.isRestart(marker) || marker == Markers.SOI) {
                throw RefusedException.damaged(marker, position - 2, "a marker segment", "a marker out of place");
            }
            int length = segmentLength(marker);
            int start = position + 2;
            position += length;
            read(marker, start, length - 2);
        }
    }

    private JpegStream finished() {
        if (frame == null || scans.isEmpty()) {
            throw RefusedException.damaged(Markers.EOI, position - 2, "a frame and a scan", "the end of the image");
        }
        List<QuantTable> tables = new ArrayList<>();
        for (FrameComponent component : frame.components()) {
            QuantTable table = latched[component.index()];
            if (table == null) {
                throw RefusedException.damaged(
                        Markers.EOI, position - 2, "a scan of component " + component.id(), "the end of the image");
            }
            tables.add(table);
        }
        return new JpegStream(file, frame, tables, List.copyOf(scans), List.copyOf(segments), position);
    }

    /// Markers may be preceded by any number of fill bytes FF (B.1.1.2).
    private int nextMarker() {
        if (position >= file.length) {
            throw RefusedException.damaged(Markers.EOI, file.length, "EOI", "the end of the file");
        }
        if ((file[position] & 0xff) != 0xFF) {
            throw RefusedException.damaged(0, position, "a marker", "byte %02X".formatted(file[position]));
        }
        while (position < file.length && (file[position] & 0xff) == 0xFF) {
            position++;
        }
        if (position >= file.length) {
            throw RefusedException.damaged(Markers.EOI, file.length, "EOI", "the end of the file");
        }
        return file[position++] & 0xff;
    }

    private int segmentLength(int marker) {
        if (position + 2 > file.length) {
            throw RefusedException.damaged(marker, position, "a segment length", "the end of the file");
        }
        int length = u16(position);
        if (length < 2 || position + length > file.length) {
            throw RefusedException.damaged(
                    marker,
                    position,
                    "a segment length within the file",
                    length + " with " + (file.length - position) + " bytes left");
        }
        return length;
    }

    private void read(int marker, int start, int length) {
        switch (marker) {
            case Markers.DQT -> readQuantTables(start, length);
            case Markers.DHT -> readHuffmanTables(start, length);
            case Markers.DRI -> {
                expectLength(marker, start, length, 2);
                restartInterval = u16(start);
            }
            case Markers.SOF0, Markers.SOF1, Markers.SOF2 -> readFrame(marker, start, length);
            case Markers.SOS -> readScan(start, length);
            case Markers.COM -> segments.add(new Segment(marker, start, length));
            case Markers.DAC, Markers.DHP, Markers.EXP, Markers.DNL, Markers.JPG ->
                throw RefusedException.unsupported(
                        marker, start - 4, "a sequential or progressive Huffman process", "a marker of another one");
            default -> {
                if (marker >= Markers.APP0 && marker <= Markers.APP15) {
                    segments.add(new Segment(marker, start, length));
                } else if (marker > Markers.SOF2 && marker <= Markers.SOF15) {
                    throw RefusedException.unsupported(marker, start - 4, "SOF0, SOF1 or SOF2", "SOF" + (marker & 15));
                } else {
                    throw RefusedException.damaged(marker, start - 4, "a known marker", "an unassigned one");
                }
            }
        }
    }

    private void expectLength(int marker, int start, int found, int expected) {
        if (found != expected) {
            throw RefusedException.damaged(marker, start, expected + " bytes of data", found);
        }
    }

    private void readQuantTables(int start, int length) {
        int at = start;
        int end = start + length;
        while (at < end) {
            int precision = (file[at] & 0xff) >> 4;
            int id = file[at] & 15;
            int size = 64 * (precision + 1);
            if (precision > 1 || id > 3 || at + 1 + size > end) {
                throw RefusedException.damaged(Markers.DQT, at, "a table of 64 steps", "an incomplete or unknown one");
            }
            int[] steps = new int[64];
            for (int k = 0; k < 64; k++) {
                steps[k] = precision == 0 ? file[at + 1 + k] & 0xff : u16(at + 1 + 2 * k);
                if (steps[k] == 0) {
                    throw RefusedException.damaged(Markers.DQT, at, "steps of 1 and more", 0);
                }
            }
            quantTables[id] = QuantTable.of(steps);
            at += 1 + size;
        }
    }

    private void readHuffmanTables(int start, int length) {
        int at = start;
        int end = start + length;
        while (at < end) {
            int tableClass = (file[at] & 0xff) >> 4;
            int id = file[at] & 15;
            if (tableClass > 1 || id > 3 || at + 17 > end) {
                throw RefusedException.damaged(
                        Markers.DHT, at, "a table of class 0 or 1", "an incomplete or unknown one");
            }
            int[] counts = new int[17];
            int sum = 0;
            for (int i = 1; i <= 16; i++) {
                counts[i] = file[at + i] & 0xff;
                sum += counts[i];
            }
            if (sum > 256 || at + 17 + sum > end) {
                throw RefusedException.damaged(Markers.DHT, at, "as many symbols as codes", sum + " codes");
            }
            byte[] symbols = new byte[sum];
            System.arraycopy(file, at + 17, symbols, 0, sum);
            try {
                HuffmanTable table = new HuffmanTable(counts, symbols);
                (tableClass == 0 ? dcTables : acTables)[id] = table;
            } catch (IllegalArgumentException e) {
                throw RefusedException.damaged(Markers.DHT, at, "a prefix code", String.valueOf(e.getMessage()));
            }
            at += 17 + sum;
        }
    }

    private void readFrame(int marker, int start, int length) {
        if (frame != null) {
            throw RefusedException.damaged(marker, start - 4, "one frame", "a second one");
        }
        if (length < 6) {
            throw RefusedException.damaged(marker, start, "a frame header", length + " bytes");
        }
        frame = FrameHeader.read(file, marker, start, length, maxPixels);
        latched = new QuantTable[frame.components().size()];
    }

    private void readScan(int start, int length) {
        Frame current = frame;
        if (current == null) {
            throw RefusedException.damaged(Markers.SOS, start - 4, "a frame header before the scan", "none");
        }
        int count = length < 1 ? 0 : file[start] & 0xff;
        if (count < 1 || count > 4) {
            throw RefusedException.damaged(Markers.SOS, start, "1 to 4 components", count);
        }
        expectLength(Markers.SOS, start, length, 4 + 2 * count);
        List<ScanComponent> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            components.add(scanComponent(current, start + 1 + 2 * i, components));
        }
        int at = start + 1 + 2 * count;
        int dataStart = start + length;
        int dataEnd = endOfData(dataStart);
        Scan scan = new Scan(
                List.copyOf(components),
                file[at] & 0xff,
                file[at + 1] & 0xff,
                (file[at + 2] & 0xff) >> 4,
                file[at + 2] & 15,
                restartInterval,
                dataStart,
                dataEnd);
        ScanRules.check(current, scan, start);
        if (scans.size() == MAX_SCANS) {
            throw RefusedException.damaged(Markers.SOS, start, "at most " + MAX_SCANS + " scans", "more");
        }
        scans.add(scan);
        position = dataEnd;
    }

    private ScanComponent scanComponent(Frame current, int at, List<ScanComponent> before) {
        int id = file[at] & 0xff;
        int tables = file[at + 1] & 0xff;
        FrameComponent component = current.components().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> RefusedException.damaged(Markers.SOS, at, "a component of the frame", "id " + id));
        if (before.stream().anyMatch(one -> one.component().index() == component.index())) {
            throw RefusedException.damaged(Markers.SOS, at, "each component once", "id " + id + " again");
        }
        if ((tables >> 4) > 3 || (tables & 15) > 3) {
            throw RefusedException.damaged(Markers.SOS, at + 1, "Huffman tables 0 to 3", Integer.toHexString(tables));
        }
        if (latched[component.index()] == null) {
            QuantTable table = quantTables[component.tableId()];
            if (table == null) {
                throw RefusedException.damaged(Markers.SOS, at, "quantisation table " + component.tableId(), "none");
            }
            latched[component.index()] = table;
        }
        return new ScanComponent(component, dcTables[tables >> 4], acTables[tables & 15]);
    }

    /// The first marker that is neither a stuffed byte nor a restart.
    private int endOfData(int from) {
        int at = from;
        while (true) {
            at = EntropyData.nextFF(file, at);
            if (at + 1 >= file.length) {
                throw RefusedException.damaged(Markers.EOI, file.length, "EOI", "the end of the file");
            }
            int next = file[at + 1] & 0xff;
            if (next == 0xFF) {
                at++;
            } else if (next == 0 || Markers.isRestart(next)) {
                at += 2;
            } else {
                return at;
            }
        }
    }

    private int u16(int at) {
        return (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
    }
}
