package dev.halftone.adapters.imaging.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.halftone.domain.image.ImageLimits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The chunks of a PNG file (W3C PNG, third edition), walked from IHDR to IEND.
public final class PngFile {
    /// No honest profile or packet inflates to more; a small chunk can inflate to a thousand times its size.
    private static final int MAX_INFLATED = 4 << 20;

    private static final int SIGNATURE = 8;
    private static final String XMP_KEYWORD = "XML:com.adobe.xmp\0";

    private final ByteView view;
    private final List<Chunk> chunks;

    private PngFile(ByteView view, List<Chunk> chunks) {
        this.view = view;
        this.chunks = chunks;
    }

    /// @param data first byte of the chunk's data
    /// @param length how many bytes of data
    public record Chunk(String type, int data, int length) {
        int start() {
            return data - 8;
        }

        int end() {
            return data + length + 4;
        }

        boolean isCritical() {
            return Character.isUpperCase(type.charAt(0));
        }
    }

    /// @throws dev.halftone.domain.failure.HalftoneException `corrupt_image` where a chunk reaches past the
    ///     end, a critical chunk's checksum is wrong, or IEND is missing
    public static PngFile parse(byte[] bytes) {
        ByteView view = ByteView.bigEndian(bytes);
        List<Chunk> chunks = new ArrayList<>();
        long at = SIGNATURE;
        while (true) {
            if (at + 12 > bytes.length) {
                throw ByteView.damaged("the PNG is cut short: it ends after " + bytes.length + " bytes without IEND");
            }
            long length = view.u32(at);
            if (at + 12 + length > bytes.length) {
                throw ByteView.damaged("the PNG is cut short inside its chunk " + readable(view.ascii(at + 4, 4)));
            }
            Chunk chunk = new Chunk(view.ascii(at + 4, 4), (int) at + 8, (int) length);
            check(view, chunk, chunks.isEmpty());
            chunks.add(chunk);
            if (chunk.type.equals("IEND")) {
                return new PngFile(view, List.copyOf(chunks));
            }
            at = chunk.end();
        }
    }

    private static void check(ByteView view, Chunk chunk, boolean first) {
        if (first != chunk.type.equals("IHDR") || first && chunk.length != 13) {
            throw ByteView.damaged("a PNG begins with one IHDR chunk, found " + readable(chunk.type));
        }
        if (chunk.isCritical()) {
            CRC32 crc = new CRC32();
            crc.update(view.bytes(), chunk.data - 4, chunk.length + 4);
            if (crc.getValue() != view.u32(chunk.data + chunk.length)) {
                throw ByteView.damaged("the checksum of the PNG chunk " + readable(chunk.type) + " is wrong");
            }
        }
    }

    private static String readable(String type) {
        return type.chars().allMatch(c -> c > 32 && c < 127) ? type : "with an unreadable name";
    }

    public ImageHeader header(ImageLimits limits) {
        int orientation = exif().map(block -> Exif.of(block).orientation()).orElse(1);
        return ImageHeader.of(
                view.u32(SIGNATURE + 8),
                view.u32(SIGNATURE + 12),
                orientation,
                (int) Math.min(frames(), 1 << 20),
                limits);
    }

    /// Frames announced by acTL before the picture data, as APNG wants it; 1 without.
    private long frames() {
        for (Chunk chunk : chunks) {
            if (chunk.type.equals("IDAT")) {
                break;
            }
            if (chunk.type.equals("acTL") && chunk.length >= 8) {
                return Math.max(1, view.u32(chunk.data));
            }
        }
        return 1;
    }

    public List<Chunk> chunks() {
        return chunks;
    }

    public byte[] bytes() {
        return view.bytes();
    }

    public Optional<byte[]> dataOf(String type) {
        return chunks.stream()
                .filter(chunk -> chunk.type.equals(type))
                .findFirst()
                .map(chunk -> Arrays.copyOfRange(view.bytes(), chunk.data, chunk.data + chunk.length));
    }

    Optional<byte[]> exif() {
        return dataOf("eXIf");
    }

    public Metadata metadata() {
        List<byte[]> own = new ArrayList<>();
        for (Chunk chunk : chunks) {
            boolean text = chunk.type.equals("tEXt") || chunk.type.equals("zTXt") || chunk.type.equals("iTXt");
            if (text && !isXmp(chunk) && own.size() < 64) {
                own.add(Arrays.copyOfRange(view.bytes(), chunk.start(), chunk.end()));
            }
        }
        return new Metadata(
                exif(), chunks.stream().filter(this::isXmp).findFirst().flatMap(this::xmpOf), Optional.empty(), own);
    }

    private boolean isXmp(Chunk chunk) {
        return chunk.type.equals("iTXt") && view.startsWith(chunk.data, XMP_KEYWORD);
    }

    /// After the keyword: compression flag, method, language NUL, translated keyword NUL, text.
    private Optional<byte[]> xmpOf(Chunk chunk) {
        int end = chunk.data + chunk.length;
        int at = chunk.data + XMP_KEYWORD.length();
        boolean deflated = at < end && view.u8(at) == 1;
        at += 2;
        for (int nul = 0; nul < 2 && at < end; at++) {
            nul += view.u8(at) == 0 ? 1 : 0;
        }
        if (at >= end) {
            return Optional.empty();
        }
        byte[] text = Arrays.copyOfRange(view.bytes(), at, end);
        return deflated ? inflated(text) : Optional.of(text);
    }

    /// The embedded colour profile; empty where it is missing, damaged or absurdly large.
    public Optional<byte[]> icc() {
        return dataOf("iCCP").flatMap(data -> {
            int nul = 0;
            while (nul < data.length && data[nul] != 0) {
                nul++;
            }
            return nul + 2 >= data.length ? Optional.empty() : inflated(Arrays.copyOfRange(data, nul + 2, data.length));
        });
    }

    private static Optional<byte[]> inflated(byte[] deflated) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int got = inflater.inflate(buffer);
                out.write(buffer, 0, got);
                if (got == 0 || out.size() > MAX_INFLATED) {
                    return Optional.empty();
                }
            }
            return Optional.of(out.toByteArray());
        } catch (DataFormatException damaged) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    /// Copies the chunks that `keep` accepts, with `inserted` (whole chunks) right after IHDR; what stood
    /// after IEND is dropped.
    byte[] rewritten(Predicate<Chunk> keep, byte[] inserted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(view.length());
        out.write(view.bytes(), 0, SIGNATURE);
        for (Chunk chunk : chunks) {
            if (keep.test(chunk)) {
                out.write(view.bytes(), chunk.start(), chunk.end() - chunk.start());
            }
            if (chunk.type.equals("IHDR")) {
                out.writeBytes(inserted);
            }
        }
        return out.toByteArray();
    }

    /// A whole chunk: length, type, data, checksum.
    public static byte[] chunk(String type, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(12 + data.length);
        out.putInt(data.length).put(type.getBytes(ISO_8859_1)).put(data);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 4, 4 + data.length);
        return out.putInt((int) crc.getValue()).array();
    }

    /// Metadata as whole chunks, for a PNG that is written anew.
    public static byte[] chunksOf(Metadata metadata) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metadata.exif().ifPresent(exif -> out.writeBytes(chunk("eXIf", exif)));
        metadata.xmp().ifPresent(xmp -> {
            byte[] head = (XMP_KEYWORD + "\0\0\0\0").getBytes(ISO_8859_1);
            byte[] data = Arrays.copyOf(head, head.length + xmp.length);
            System.arraycopy(xmp, 0, data, head.length, xmp.length);
            out.writeBytes(chunk("iTXt", data));
        });
        metadata.own().forEach(out::writeBytes);
        return out.toByteArray();
    }
}
