package dev.halftone.adapters.imaging.jpeg.codec.parse;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import dev.halftone.adapters.imaging.jpeg.codec.Segment;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the markers of a file (T.81 Annex B) and finds where each scan's data begins and ends, without
/// decoding any. Strict: what breaks the syntax is refused with its place.
public final class StructureReader {
    /// More scans than any encoder writes; each costs a pass over the picture.
    private static final int MAX_SCANS = 100;

    private final byte[] file;
    private final long maxPixels;
    private final Tables tables = new Tables();
    private final List<Segment> segments = new ArrayList<>();
    private final List<Scan> scans = new ArrayList<>();
    private @Nullable QuantTable[] latched = new QuantTable[0];
    private @Nullable Frame frame;
    private @Nullable Progression progression;
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
        if (file.length < 2 || u16(0) != 0xFFD8) {
            throw RefusedException.damaged(Markers.SOI, 0, "SOI (FF D8)", beginning());
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
            requireKnown(marker);
            int length = segmentLength(marker);
            int start = position + 2;
            position += length;
            read(marker, start, length - 2);
        }
    }

    private String beginning() {
        return file.length == 0
                ? "an empty file"
                : HexFormat.ofDelimiter(" ").withUpperCase().formatHex(file, 0, Math.min(4, file.length));
    }

    private JpegStream finished() {
        int eoi = position - 2;
        if (frame == null || progression == null) {
            throw RefusedException.damaged(Markers.EOI, eoi, "a frame header", "the end of the image");
        }
        progression.requireComplete(frame, eoi);
        List<QuantTable> used = frame.components().stream()
                .map(component -> Objects.requireNonNull(latched[component.index()]))
                .toList();
        return new JpegStream(file, frame, used, List.copyOf(scans), List.copyOf(segments), position);
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
            case Markers.DQT -> tables.readQuant(file, start, length);
            case Markers.DHT -> tables.readHuffman(file, start, length);
            case Markers.DRI -> {
                expectLength(marker, start, length, 2);
                restartInterval = u16(start);
            }
            case Markers.SOF0, Markers.SOF1, Markers.SOF2 -> readFrame(marker, start, length);
            case Markers.SOS -> readScan(start, length);
            default -> segments.add(new Segment(marker, start, length));
        }
    }

    /// Refuses markers that begin no segment this codec reads (table B.1).
    private void requireKnown(int marker) {
        int at = position - 2;
        if (Markers.isRestart(marker) || marker == Markers.SOI) {
            throw RefusedException.damaged(
                    marker,
                    at,
                    "a marker segment",
                    marker == Markers.SOI ? "a second SOI" : "a restart outside a scan");
        }
        if (marker < Markers.SOF0) {
            throw RefusedException.damaged(marker, at, "a marker of table B.1", "one that means nothing");
        }
        String other = otherProcess(marker);
        if (!other.isEmpty()) {
            throw RefusedException.unsupported(
                    marker, at, "a sequential or progressive Huffman process (SOF0, SOF1, SOF2)", other);
        }
    }

    /// The process or extension that a marker belongs to, empty where this codec reads it.
    private static String otherProcess(int marker) {
        return switch (marker) {
            case Markers.DHT, Markers.SOF0, Markers.SOF1, Markers.SOF2, Markers.COM -> "";
            case Markers.DAC -> "arithmetic coding (DAC)";
            case Markers.DHP, Markers.EXP -> "a hierarchical process (DHP, EXP)";
            case Markers.DNL -> "a number of lines after the frame header (DNL)";
            case Markers.JPG -> "an extension (JPG)";
            default -> {
                if (marker <= Markers.SOF15) {
                    int process = marker & 15;
                    yield "SOF" + process
                            + (process == 3 ? " (lossless)" : process > 8 ? " (arithmetic coding)" : " (hierarchical)");
                }
                yield marker > Markers.APP15 ? "an extension (JPG" + (marker & 15) + ")" : "";
            }
        };
    }

    private void expectLength(int marker, int start, int found, int expected) {
        if (found != expected) {
            throw RefusedException.damaged(marker, start, expected + " bytes of data", found);
        }
    }

    private void readFrame(int marker, int start, int length) {
        if (frame != null) {
            throw RefusedException.damaged(marker, start - 4, "one frame", "a second one");
        }
        Frame read = FrameHeader.read(file, marker, start, length, maxPixels);
        frame = read;
        progression = new Progression(read);
        latched = new QuantTable[read.components().size()];
    }

    private void readScan(int start, int length) {
        Frame current = frame;
        Progression coded = progression;
        if (current == null || coded == null) {
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
        ScanRules.check(current, scan, at);
        coded.add(scan, at);
        if (scans.size() == MAX_SCANS) {
            throw RefusedException.unsupported(Markers.SOS, start - 4, "at most " + MAX_SCANS + " scans", "more");
        }
        scans.add(scan);
        position = dataEnd;
    }

    private ScanComponent scanComponent(Frame current, int at, List<ScanComponent> before) {
        int id = file[at] & 0xff;
        int selected = file[at + 1] & 0xff;
        int dc = selected >> 4;
        int ac = selected & 15;
        FrameComponent component = current.components().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> RefusedException.damaged(Markers.SOS, at, "a component of the frame", "id " + id));
        if (before.stream().anyMatch(one -> one.component().index() == component.index())) {
            throw RefusedException.damaged(Markers.SOS, at, "each component once", "id " + id + " again");
        }
        if (dc > 3 || ac > 3) {
            throw RefusedException.damaged(Markers.SOS, at + 1, "Huffman tables 0 to 3", dc + " and " + ac);
        }
        if (latched[component.index()] == null) {
            QuantTable table = tables.quant(component.tableId());
            if (table == null) {
                throw RefusedException.damaged(Markers.SOS, at, "quantisation table " + component.tableId(), "none");
            }
            latched[component.index()] = table;
        }
        return new ScanComponent(component, tables.dc(dc), tables.ac(ac));
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
