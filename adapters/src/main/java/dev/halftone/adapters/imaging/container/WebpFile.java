package dev.halftone.adapters.imaging.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.halftone.domain.image.ImageLimits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The RIFF chunks of a WebP file (RFC 9649).
public final class WebpFile {
    private static final Set<String> PICTURE = Set.of("VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L");

    private final ByteView view;
    private final List<Chunk> chunks;
    private final int end;

    private WebpFile(ByteView view, List<Chunk> chunks, int end) {
        this.view = view;
        this.chunks = List.copyOf(chunks);
        this.end = end;
    }

    /// @param data first byte of the chunk's data
    record Chunk(String type, int data, int length) {}

    /// @throws dev.halftone.domain.failure.HalftoneException `corrupt_image` where a chunk or the whole is
    ///     cut short, or there is no picture
    public static WebpFile parse(byte[] bytes) {
        ByteView view = ByteView.littleEndian(bytes);
        long end = 8 + view.u32(4);
        if (end > bytes.length) {
            throw ByteView.damaged("the WebP is cut short: it declares " + end + " bytes and has " + bytes.length);
        }
        List<Chunk> chunks = new ArrayList<>();
        long at = 12;
        while (at + 8 <= end) {
            long length = view.u32(at + 4);
            if (at + 8 + length > end) {
                throw ByteView.damaged("the WebP is cut short inside a chunk of " + length + " bytes");
            }
            chunks.add(new Chunk(view.ascii(at, 4), (int) at + 8, (int) length));
            at += 8 + length + (length & 1);
        }
        WebpFile file = new WebpFile(view, chunks, (int) end);
        if (chunks.stream().noneMatch(c -> c.type.equals("VP8 ") || c.type.equals("VP8L") || c.type.equals("ANMF"))) {
            throw ByteView.damaged("the WebP has no picture in it");
        }
        return file;
    }

    /// First byte after the picture.
    int end() {
        return end;
    }

    public ImageHeader header(ImageLimits limits) {
        int orientation = exif().map(block -> Exif.of(block).orientation()).orElse(1);
        int frames = (int) chunks.stream().filter(c -> c.type.equals("ANMF")).count();
        boolean animated = frames > 0 || find("ANIM").isPresent();
        ImageHeader header = null;
        for (Chunk chunk : chunks) {
            long[] size = sizeOf(chunk);
            if (size.length == 2) {
                ImageHeader found =
                        ImageHeader.of(size[0], size[1], orientation, animated ? Math.max(2, frames) : 1, limits);
                header = header == null ? found : header;
            }
        }
        if (header == null) {
            throw ByteView.damaged("the WebP says nowhere how large it is");
        }
        return header;
    }

    /// Width and height, where the chunk tells them.
    long[] sizeOf(Chunk chunk) {
        int at = chunk.data;
        return switch (chunk.type) {
            case "VP8X" -> new long[] {view.u24(at + 4) + 1L, view.u24(at + 7) + 1L};
            case "VP8L" -> {
                long bits = view.u32(at + 1);
                yield new long[] {(bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
            }
            case "VP8 " -> new long[] {view.u16(at + 6) & 0x3fff, view.u16(at + 8) & 0x3fff};
            case "ANMF" -> new long[] {view.u24(at + 6) + 1L, view.u24(at + 9) + 1L};
            default -> new long[0];
        };
    }

    Optional<Chunk> find(String type) {
        return chunks.stream().filter(chunk -> chunk.type.equals(type)).findFirst();
    }

    Optional<byte[]> dataOf(String type) {
        return find(type).map(c -> Arrays.copyOfRange(view.bytes(), c.data, c.data + c.length));
    }

    /// A frame of an animation as a still picture of its own, and where it lies on the canvas.
    @SuppressWarnings("ArrayRecordComponent")
    public record Frame(int left, int top, byte[] still) {}

    /// Empty where the file is no animation.
    public Optional<Frame> firstFrame() {
        return find("ANMF").map(chunk -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] parts = Arrays.copyOfRange(view.bytes(), chunk.data + 16, chunk.data + chunk.length);
            if (new String(parts, 0, Math.min(4, parts.length), ISO_8859_1).equals("ALPH")) {
                byte[] header = new byte[10];
                header[0] = WebpWriter.ALPHA_FLAG;
                System.arraycopy(view.bytes(), chunk.data + 6, header, 4, 6);
                WebpWriter.put(body, "VP8X", header);
            }
            body.writeBytes(parts);
            return new Frame(2 * view.u24(chunk.data), 2 * view.u24(chunk.data + 3), WebpWriter.riff(body));
        });
    }

    /// Some writers put JPEG's signature in front of the block.
    Optional<byte[]> exif() {
        return dataOf("EXIF")
                .map(block -> new String(block, 0, Math.min(6, block.length), ISO_8859_1).equals("Exif\0\0")
                        ? Arrays.copyOfRange(block, 6, block.length)
                        : block);
    }

    public Optional<byte[]> icc() {
        return dataOf("ICCP");
    }

    public Metadata metadata() {
        return new Metadata(exif(), dataOf("XMP "), Optional.empty(), List.of());
    }

    /// Whether the file holds anything beside the picture and its profile.
    boolean carriesMore() {
        return end != view.length() || !chunks.stream().allMatch(chunk -> PICTURE.contains(chunk.type));
    }

    public byte[] bytes() {
        return view.bytes();
    }

    ByteView view() {
        return view;
    }

    List<Chunk> chunks() {
        return chunks;
    }

    /// The file without its metadata, unknown chunks and tail, and with this metadata instead.
    byte[] withMetadata(Metadata metadata) {
        return new WebpWriter(this).with(icc(), metadata);
    }

    /// A simple WebP, as an encoder returns it, with a colour profile and metadata.
    public static byte[] assembled(byte[] encoded, Optional<byte[]> icc, Metadata metadata) {
        return icc.isEmpty() && metadata.isEmpty() ? encoded : new WebpWriter(parse(encoded)).with(icc, metadata);
    }
}
