package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The segments of a JPEG file (ITU T.81 annex B), walked from SOI to EOI without decoding anything.
public final class JpegFile {
    /// A progressive scan touches every block again; decoding costs scans times pixels. This many sample
    /// visits take a few seconds; honest encoders stay under 20 scans.
    private static final long MAX_SCAN_PIXELS = 1_500_000_000L;

    private static final int MAX_SCANS = 1000;
    private static final String EXIF = "Exif\0";

    private final ByteView view;
    private final List<Segment> segments;
    private final Frame frame;
    private final int end;

    private JpegFile(ByteView view, List<Segment> segments, Frame frame, int end) {
        this.view = view;
        this.segments = segments;
        this.frame = frame;
        this.end = end;
    }

    /// One marker with what belongs to it.
    ///
    /// @param marker the second byte of the marker
    /// @param start where its 0xFF stands
    /// @param payload first byte after the length field
    /// @param end first byte after the segment; for a scan, after its entropy-coded data
    public record Segment(int marker, int start, int payload, int end) {
        public boolean isScan() {
            return marker == 0xda;
        }

        boolean isApp(int number) {
            return marker == 0xe0 + number;
        }
    }

    /// The frame header.
    ///
    /// @param marker 0xC0 to 0xCF: which process
    /// @param height taken from DNL where the header itself says 0
    /// @param ids component identifiers
    /// @param tables which quantisation table each component uses
    @SuppressWarnings("ArrayRecordComponent")
    public record Frame(int marker, int precision, int width, int height, int[] ids, int[] tables) {
        public int components() {
            return ids.length;
        }
    }

    /// @throws HalftoneException `corrupt_image` where the structure is broken or the end marker is missing
    public static JpegFile parse(byte[] bytes) {
        ByteView view = ByteView.bigEndian(bytes);
        if (bytes.length < 4 || view.u16(0) != 0xffd8) {
            throw ByteView.damaged("a JPEG of " + bytes.length + " bytes has no picture in it");
        }
        List<Segment> segments = new ArrayList<>();
        int at = 2;
        while (true) {
            int marker = nextMarker(bytes, at);
            if (marker < 0) {
                throw ByteView.damaged(
                        "the JPEG is cut short: it ends after " + bytes.length + " bytes without its end marker");
            }
            int code = bytes[marker + 1] & 0xff;
            if (code == 0xd9) {
                return new JpegFile(view, segments, frameOf(view, segments), marker + 2);
            }
            Segment segment = segmentAt(view, marker, code);
            segments.add(segment);
            at = segment.end;
        }
    }

    /// Skips fill bytes and strays, as decoders do.
    private static int nextMarker(byte[] bytes, int from) {
        for (int i = from; i + 1 < bytes.length; i++) {
            int code = bytes[i + 1] & 0xff;
            if (bytes[i] == (byte) 0xff && code != 0 && code != 0xff) {
                return i;
            }
        }
        return -1;
    }

    private static Segment segmentAt(ByteView view, int start, int code) {
        if (code == 0x01 || code >= 0xd0 && code <= 0xd8) {
            return new Segment(code, start, start + 2, start + 2);
        }
        int length = view.u16(start + 2);
        if (length < 2) {
            throw ByteView.damaged("a JPEG segment declares a length of " + length + " bytes");
        }
        if (start + 2 + length > view.length()) {
            throw ByteView.damaged("the JPEG is cut short inside a header segment");
        }
        int stop = start + 2 + length;
        return new Segment(code, start, start + 4, code == 0xda ? endOfScan(view.bytes(), stop) : stop);
    }

    private static int endOfScan(byte[] bytes, int from) {
        for (int i = ByteView.nextFF(bytes, from); i + 1 < bytes.length; i = ByteView.nextFF(bytes, i + 1)) {
            int code = bytes[i + 1] & 0xff;
            if (code != 0 && code != 0xff && (code < 0xd0 || code > 0xd7)) {
                return i;
            }
        }
        return bytes.length;
    }

    private static Frame frameOf(ByteView view, List<Segment> segments) {
        Segment sof = segments.stream()
                .filter(s -> s.marker >= 0xc0 && s.marker <= 0xcf)
                .filter(s -> s.marker != 0xc4 && s.marker != 0xc8 && s.marker != 0xcc)
                .findFirst()
                .orElseThrow(() -> ByteView.damaged("the JPEG has no frame header"));
        if (segments.stream().noneMatch(Segment::isScan)) {
            throw ByteView.damaged("the JPEG has no scan: only headers are there");
        }
        int at = sof.payload;
        int count = view.u8(at + 5);
        if (sof.end - at < 6 + 3 * count || count == 0) {
            throw ByteView.damaged("the JPEG frame header is too short for its " + count + " components");
        }
        int[] ids = new int[count];
        int[] tables = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = view.u8(at + 6 + 3 * i);
            tables[i] = view.u8(at + 8 + 3 * i);
        }
        int height = view.u16(at + 1);
        if (height == 0) {
            height = segments.stream()
                    .filter(s -> s.marker == 0xdc)
                    .mapToInt(s -> view.u16(s.payload))
                    .findFirst()
                    .orElse(0);
        }
        return new Frame(sof.marker, view.u8(at), view.u16(at + 3), height, ids, tables);
    }

    public ImageHeader header(ImageLimits limits) {
        int orientation = exif().map(block -> Exif.of(block).orientation()).orElse(1);
        ImageHeader header = ImageHeader.of(frame.width, frame.height, orientation, 1, limits);
        long scans = segments.stream().filter(Segment::isScan).count();
        if (scans > MAX_SCANS || scans * header.stored().pixels() > MAX_SCAN_PIXELS) {
            throw HalftoneException.of(
                    FailureCode.PROCESSING_TIMEOUT,
                    "the JPEG has " + scans + " scans over " + header.stored() + " pixels, which would take too long");
        }
        return header;
    }

    public Frame frame() {
        return frame;
    }

    public List<Segment> segments() {
        return List.copyOf(segments);
    }

    public byte[] bytes() {
        return view.bytes();
    }

    /// First byte after the end marker.
    public int end() {
        return end;
    }

    /// Whether it says that other pictures follow it.
    boolean announcesMore() {
        return segments.stream().anyMatch(s -> s.isApp(2) && view.startsWith(s.payload, "MPF\0"));
    }

    public Metadata metadata() {
        List<byte[]> comments = new ArrayList<>();
        segments.stream().filter(s -> s.marker == 0xfe).limit(16).forEach(s -> comments.add(payload(s, 0)));
        return new Metadata(exif(), first(1, JpegSegments.XMP), first(13, JpegSegments.PHOTOSHOP), comments);
    }

    Optional<byte[]> exif() {
        // The signature is "Exif", a NUL and a pad byte of any value.
        return first(1, EXIF)
                .filter(block -> block.length > 1)
                .map(block -> Arrays.copyOfRange(block, 1, block.length));
    }

    private Optional<byte[]> first(int app, String signature) {
        return segments.stream()
                .filter(s -> s.isApp(app) && view.startsWith(s.payload, signature))
                .findFirst()
                .map(s -> payload(s, Math.min(signature.length(), s.end - s.payload)));
    }

    private byte[] payload(Segment segment, int skip) {
        return Arrays.copyOfRange(view.bytes(), segment.payload + skip, segment.end);
    }

    /// What an APP0 segment with a JFIF signature, or an Adobe APP14 segment, says.
    public boolean hasJfif() {
        return segments.stream().anyMatch(s -> s.isApp(0) && view.startsWith(s.payload, "JFIF\0"));
    }

    /// The colour transform that an Adobe segment names (0 none, 1 YCbCr, 2 YCCK); empty without such a
    /// segment.
    public Optional<Integer> adobeTransform() {
        return segments.stream()
                .filter(s -> isAdobe(s) && s.end - s.payload >= 12)
                .findFirst()
                .map(s -> view.u8(s.payload + 11));
    }

    private boolean isAdobe(Segment segment) {
        return segment.isApp(14) && view.startsWith(segment.payload, "Adobe");
    }

    private boolean isIcc(Segment segment) {
        return segment.isApp(2) && view.startsWith(segment.payload, JpegSegments.ICC);
    }

    /// The colour profile, put together from its numbered parts; empty where a part is missing.
    public Optional<byte[]> icc() {
        List<Segment> parts = segments.stream()
                .filter(s -> isIcc(s) && s.end - s.payload > JpegSegments.ICC.length() + 2)
                .toList();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        int count = view.u8(parts.getFirst().payload + JpegSegments.ICC.length() + 1);
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        for (int number = 1; number <= count; number++) {
            int wanted = number;
            Optional<Segment> part = parts.stream()
                    .filter(s -> view.u8(s.payload + JpegSegments.ICC.length()) == wanted)
                    .findFirst();
            if (part.isEmpty()) {
                return Optional.empty();
            }
            profile.writeBytes(payload(part.get(), JpegSegments.ICC.length() + 2));
        }
        return count == 0 ? Optional.empty() : Optional.of(profile.toByteArray());
    }

    /// The quantisation tables in force at the first scan, each 64 steps in zigzag order; an undefined slot
    /// is empty.
    public int[][] quantTables() {
        int[][] tables = new int[4][0];
        for (Segment segment : segments) {
            if (segment.isScan()) {
                break;
            }
            int at = segment.payload;
            while (segment.marker == 0xdb && at < segment.end) {
                int kind = view.u8(at++);
                int width = kind >> 4 == 0 ? 1 : 2;
                if ((kind & 15) > 3 || at + 64 * width > segment.end) {
                    break;
                }
                int[] table = new int[64];
                for (int i = 0; i < 64; i++, at += width) {
                    table[i] = width == 1 ? view.u8(at) : view.u16(at);
                }
                tables[kind & 15] = table;
            }
        }
        return tables;
    }

    /// Copies SOI, what `keep` says of the segments, and EOI; what stood between segments or after the end is
    /// dropped.
    ///
    /// @param inserted whole segments that go right after SOI, or after a kept JFIF segment in front
    public byte[] rewritten(Predicate<Segment> keep, byte[] inserted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end);
        out.write(0xff);
        out.write(0xd8);
        boolean open = true;
        for (Segment segment : segments) {
            if (!keep.test(segment)) {
                continue;
            }
            if (open && !segment.isApp(0)) {
                out.writeBytes(inserted);
                open = false;
            }
            out.write(view.bytes(), segment.start, segment.end - segment.start);
        }
        out.write(0xff);
        out.write(0xd9);
        return out.toByteArray();
    }

    /// The bare picture for a decoder: frames, tables and scans without application data or comments, and
    /// with the height in the frame header where it came from DNL.
    ///
    /// @param inserted whole segments that go right after SOI
    public byte[] bare(byte[] inserted) {
        byte[] bytes = view.bytes();
        int sof = segments.stream()
                .filter(s -> s.marker == frame.marker)
                .findFirst()
                .orElseThrow()
                .payload;
        if (view.u16(sof + 1) == 0) {
            bytes = bytes.clone();
            bytes[sof + 1] = (byte) (frame.height >> 8);
            bytes[sof + 2] = (byte) frame.height;
        }
        return new JpegFile(ByteView.bigEndian(bytes), segments, frame, end)
                .rewritten(s -> s.marker != 0xfe && s.marker != 0xdc && (s.marker & 0xf0) != 0xe0, inserted);
    }

    /// Motion JPEG frames leave the standard Huffman tables out.
    public boolean hasHuffmanTables() {
        return segments.stream().anyMatch(s -> s.marker == 0xc4);
    }

    /// Whether a decoder needs the segment to show the picture in its right colours.
    public boolean isPicture(Segment segment) {
        if (segment.marker == 0xfe) {
            return false;
        }
        if (segment.marker >= 0xe0 && segment.marker <= 0xef) {
            return segment.isApp(0) && view.startsWith(segment.payload, "JFIF\0") || isIcc(segment) || isAdobe(segment);
        }
        return true;
    }
}
