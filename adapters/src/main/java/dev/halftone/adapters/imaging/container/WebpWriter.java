package dev.halftone.adapters.imaging.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Writes a WebP's chunks anew (RFC 9649): the picture's as they are, with another profile and other metadata.
final class WebpWriter {
    static final int ALPHA_FLAG = 0x10;

    private static final int ICC_FLAG = 0x20;
    private static final int EXIF_FLAG = 0x08;
    private static final int XMP_FLAG = 0x04;
    private static final int ANIMATION_FLAG = 0x02;

    private static final Set<String> FRAMES = Set.of("ANIM", "ANMF", "ALPH", "VP8 ", "VP8L");

    private final WebpFile file;

    WebpWriter(WebpFile file) {
        this.file = file;
    }

    /// The picture with this profile and this metadata, and nothing else.
    byte[] with(Optional<byte[]> icc, Metadata metadata) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(file.bytes().length);
        boolean extended = icc.isPresent() || !metadata.isEmpty();
        if (extended || file.find("VP8X").isPresent()) {
            put(body, "VP8X", extendedHeader(icc.isPresent(), metadata));
        }
        icc.ifPresent(profile -> put(body, "ICCP", profile));
        for (WebpFile.Chunk chunk : file.chunks()) {
            if (FRAMES.contains(chunk.type())) {
                put(body, chunk.type(), Arrays.copyOfRange(file.bytes(), chunk.data(), chunk.data() + chunk.length()));
            }
        }
        metadata.exif().ifPresent(exif -> put(body, "EXIF", exif));
        metadata.xmp().ifPresent(xmp -> put(body, "XMP ", xmp));
        return riff(body);
    }

    private byte[] extendedHeader(boolean icc, Metadata metadata) {
        byte[] header = file.dataOf("VP8X").filter(data -> data.length >= 10).orElseGet(this::freshExtendedHeader);
        int flags = header[0] & (ALPHA_FLAG | ANIMATION_FLAG);
        flags |= icc ? ICC_FLAG : 0;
        flags |= metadata.exif().isPresent() ? EXIF_FLAG : 0;
        flags |= metadata.xmp().isPresent() ? XMP_FLAG : 0;
        header[0] = (byte) flags;
        return header;
    }

    private byte[] freshExtendedHeader() {
        byte[] header = new byte[10];
        for (WebpFile.Chunk chunk : file.chunks()) {
            long[] size = file.sizeOf(chunk);
            if (size.length == 2) {
                for (int i = 0; i < 3; i++) {
                    header[4 + i] = (byte) (size[0] - 1 >> 8 * i);
                    header[7 + i] = (byte) (size[1] - 1 >> 8 * i);
                }
                boolean alpha = chunk.type().equals("VP8L") && (file.view().u32(chunk.data() + 1) >> 28 & 1) == 1;
                header[0] = (byte) (alpha || file.find("ALPH").isPresent() ? ALPHA_FLAG : 0);
                break;
            }
        }
        return header;
    }

    static void put(ByteArrayOutputStream out, String type, byte[] data) {
        ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(head.put(type.getBytes(ISO_8859_1)).putInt(data.length).array());
        out.writeBytes(data);
        if ((data.length & 1) == 1) {
            out.write(0);
        }
    }

    static byte[] riff(ByteArrayOutputStream body) {
        ByteBuffer out = ByteBuffer.allocate(12 + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(ISO_8859_1)).putInt(4 + body.size()).put("WEBP".getBytes(ISO_8859_1));
        return out.put(body.toByteArray()).array();
    }
}
