package dev.halftone.adapters.imaging.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/// Application segments of a JPEG that is written anew.
public final class JpegSegments {
    static final String EXIF = "Exif\0\0";
    static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    static final String ICC = "ICC_PROFILE\0";
    static final String PHOTOSHOP = "Photoshop 3.0\0";
    private static final int COMMENT = 0xfe;
    private static final int MAX_PAYLOAD = 0xffff - 2;

    private JpegSegments() {}

    /// Colour profile and metadata as whole segments. A block that does not fit into a segment is left out;
    /// a profile is cut into as many as it needs.
    public static byte[] of(Optional<byte[]> icc, Metadata metadata) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metadata.exif().ifPresent(block -> out.writeBytes(app(1, EXIF, block)));
        metadata.xmp().ifPresent(packet -> out.writeBytes(app(1, XMP, packet)));
        icc.ifPresent(profile -> writeProfile(out, profile));
        metadata.iptc().ifPresent(block -> out.writeBytes(app(13, PHOTOSHOP, block)));
        metadata.own().forEach(comment -> out.writeBytes(segment(COMMENT, "", comment)));
        return out.toByteArray();
    }

    private static void writeProfile(ByteArrayOutputStream out, byte[] profile) {
        int part = MAX_PAYLOAD - ICC.length() - 2;
        int count = (profile.length + part - 1) / part;
        for (int i = 0; i < count && count < 256; i++) {
            int from = i * part;
            byte[] data = Arrays.copyOfRange(profile, from, Math.min(profile.length, from + part));
            out.writeBytes(app(2, ICC + (char) (i + 1) + (char) count, data));
        }
    }

    static byte[] app(int number, String signature, byte[] block) {
        return segment(0xe0 + number, signature, block);
    }

    private static byte[] segment(int marker, String signature, byte[] block) {
        int payload = signature.length() + block.length;
        if (payload > MAX_PAYLOAD) {
            return new byte[0];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload + 4);
        out.write(0xff);
        out.write(marker);
        out.write(payload + 2 >> 8);
        out.write(payload + 2);
        out.writeBytes(signature.getBytes(ISO_8859_1));
        out.writeBytes(block);
        return out.toByteArray();
    }

    /// A JFIF header, which makes three components YCbCr and one component grey, whatever their identifiers.
    public static byte[] jfif() {
        return app(0, "JFIF\0", new byte[] {1, 1, 0, 0, 1, 0, 1, 0, 0});
    }

    /// An Adobe header that names the colour transform (0 none, 1 YCbCr, 2 YCCK).
    public static byte[] adobe(int transform) {
        return app(14, "Adobe", new byte[] {0, 100, 0, 0, 0, 0, (byte) transform});
    }
}
