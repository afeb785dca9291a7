package dev.halftone.adapters.imaging.jpeg.fuzz;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts.Part;
import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;

/// Turns any bytes into a file of mostly sound syntax: the first choose its process, components, sampling, size,
/// restart interval and scans, the rest are entropy-coded data for Huffman tables in which almost any bits are a
/// code.
final class ChosenFile {
    /// Sizes of DC differences, with codes of 4 bits.
    private static final int[] DC = IntStream.rangeClosed(0, 12).toArray();

    /// Ends of blocks and of runs of them, single bits after any run, and larger values, with codes of 6 bits.
    private static final int[] AC = IntStream.concat(
                    IntStream.rangeClosed(0, 15).map(run -> run << 4),
                    IntStream.concat(
                            IntStream.rangeClosed(0, 15).map(run -> run << 4 | 1),
                            IntStream.concat(
                                    IntStream.rangeClosed(2, 11),
                                    IntStream.rangeClosed(1, 15).map(run -> run << 4 | 2))))
            .toArray();

    private final byte[] choices;
    private int next;

    private ChosenFile(byte[] choices) {
        this.choices = choices;
    }

    static byte[] of(byte[] choices) {
        return new ChosenFile(choices).file().toBytes();
    }

    private int choose(int options) {
        return next < choices.length ? (choices[next++] & 0xff) % options : 0;
    }

    private JpegParts file() {
        boolean progressive = choose(2) == 1;
        int components = 1 + choose(4);
        JpegParts parts =
                JpegParts.empty().add(Part.of(Markers.SOI)).add(quantTable()).add(frame(progressive, components));
        for (int id = 0; id < 2; id++) {
            parts.add(huffmanTable(id, 4, DC)).add(huffmanTable(0x10 | id, 6, AC));
        }
        int scans = 1 + choose(progressive ? 12 : components);
        for (int scan = 0; scan < scans; scan++) {
            int interval = choose(6);
            parts.add(Part.of(Markers.DRI, 0, interval)).add(scan(progressive, components, scan, scans));
        }
        return parts.add(Part.of(Markers.EOI));
    }

    private Part quantTable() {
        int step = 1 + choose(255);
        int[] payload = new int[65];
        for (int k = 1; k < 65; k++) {
            payload[k] = Math.max(1, step + k & 0xff);
        }
        return Part.of(Markers.DQT, payload);
    }

    private Part frame(boolean progressive, int components) {
        int[] payload = new int[6 + 3 * components];
        payload[0] = 8;
        payload[2] = 1 + choose(40);
        payload[4] = 1 + choose(40);
        payload[5] = components;
        for (int i = 0; i < components; i++) {
            payload[6 + 3 * i] = i;
            payload[7 + 3 * i] = 1 + choose(i == 0 ? 4 : 2) << 4 | 1 + choose(2);
        }
        return Part.of(progressive ? Markers.SOF2 : Markers.SOF0, payload);
    }

    private Part huffmanTable(int classAndId, int length, int[] symbols) {
        int[] payload = new int[17 + symbols.length];
        payload[0] = classAndId;
        payload[length] = symbols.length;
        System.arraycopy(symbols, 0, payload, 17, symbols.length);
        return Part.of(Markers.DHT, payload);
    }

    /// Most often the scan that should come next: DC of all, AC of each, then their refinements.
    private Part scan(boolean progressive, int components, int scan, int scans) {
        int start = 0;
        int end = 63;
        int position = 0;
        int only = scans == 1 ? -1 : scan % components;
        if (progressive) {
            int depth = choose(3);
            int round = scan / (components + 1);
            int inRound = scan % (components + 1);
            only = inRound - 1;
            start = inRound == 0 ? 0 : 1;
            end = inRound == 0 ? 0 : 63;
            position = round == 0 ? depth : depth + 1 << 4 | depth;
        }
        int count = only < 0 ? components : 1;
        int[] payload = new int[4 + 2 * count];
        payload[0] = count;
        for (int i = 0; i < count; i++) {
            payload[1 + 2 * i] = only < 0 ? i : only;
            payload[2 + 2 * i] = i == 0 ? 0x00 : 0x11;
        }
        payload[1 + 2 * count] = start;
        payload[2 + 2 * count] = end;
        payload[3 + 2 * count] = position;
        return Part.of(Markers.SOS, payload).withData(data());
    }

    /// A length, then that many bytes, stuffed; the byte FE stands for the next restart marker.
    private byte[] data() {
        int length = choose(256);
        int restart = 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < length && next < choices.length; i++) {
            int value = choices[next++] & 0xff;
            if (value == 0xFE) {
                out.write(0xFF);
                out.write(Markers.RST0 + (restart++ & 7));
            } else {
                out.write(value);
                if (value == 0xFF) {
                    out.write(0);
                }
            }
        }
        return out.toByteArray();
    }
}
