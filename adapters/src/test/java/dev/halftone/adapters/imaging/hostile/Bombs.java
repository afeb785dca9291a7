package dev.halftone.adapters.imaging.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.container.PngFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;

/// Small files that ask for gigabytes, for hours, or for another reader, each made here.
final class Bombs {
    private static final byte[] PNG_SIGNATURE = "\211PNG\r\n\032\n".getBytes(ISO_8859_1);

    private Bombs() {}

    /// @param ends the codes that it may end with; `done` for a picture
    /// @param header how many bytes decide it; 0 where it takes more than the header
    @SuppressWarnings("ArrayRecordComponent")
    record Bomb(byte[] bytes, Set<String> ends, int header) {
        static Bomb of(byte[] bytes, String... ends) {
            return new Bomb(bytes, Set.of(ends), 0);
        }

        static Bomb tooLarge(byte[] bytes, int header) {
            return new Bomb(bytes, Set.of("too_many_pixels"), header);
        }
    }

    static Map<String, Bomb> all() {
        Map<String, Bomb> bombs = new LinkedHashMap<>(ofHeaders());
        bombs.put("PNG, text of 100 MB", Bomb.of(png(64, 48, 8, 2, comment(100 << 20)), "done"));
        bombs.put("PNG, 2,000,000,000 frames declared", Bomb.of(png(64, 48, 8, 2, frames()), "done", "corrupt_image"));
        bombs.put("GIF, 10,000 frames", Bomb.of(gif(2000, 2000, 10_000), "done"));
        bombs.put("JPEG, 500 scans of 2 MP", Bomb.of(scans(500, 2048, 1024, 2), "done", "processing_timeout"));
        bombs.put("JPEG, 500 scans of 16.8 MP", Bomb.of(scans(500, 4096, 4096, 16), "processing_timeout"));
        bombs.put("JPEG, 20,000 comments", Bomb.of(comments(20_000), "done"));
        bombs.put("JPEG, EXIF directory that leads to itself", Bomb.of(exif(loop()), "done"));
        bombs.put("JPEG, EXIF of 4 thousand million values", Bomb.of(exif(greedy()), "done"));
        bombs.put("JPEG, XMP of a thousand million laughs", Bomb.of(laughs(), "done"));
        bombs.put("TIFF, directory that leads to itself", Bomb.of(tiff(64, 48, 64 * 48, 8), "done", "corrupt_image"));
        bombs.put("TIFF, strips of 4 GB", Bomb.of(tiff(4000, 4000, 0, 0), "corrupt_image"));
        bombs.put("ICO, 65,535 pictures declared", Bomb.of(ico(65_535, new byte[60]), "corrupt_image"));
        bombs.put("WBMP as .jpg", Bomb.of("\0\0hello world".getBytes(ISO_8859_1), "not_an_image"));
        bombs.put("BMP as .jpg", Bomb.of(TestImages.written(TestImages.quarters(64, 48), "bmp"), "done"));
        bombs.put("TIFF as .jpg", Bomb.of(TestImages.written(TestImages.quarters(64, 48), "tiff"), "done"));
        bombs.put("SVG as .jpg", Bomb.of(svg(), "unsupported_format"));
        bombs.put("PDF as .jpg", nothing("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n"));
        bombs.put("EPS as .jpg", nothing("%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n"));
        bombs.put("HTML as .jpg", nothing("<!doctype html><script>alert(1)</script>"));
        bombs.put("ZIP as .jpg", nothing("PK\3\4\24\0\0\0"));
        return bombs;
    }

    private static Bomb nothing(String text) {
        return Bomb.of(text.getBytes(ISO_8859_1), "not_an_image");
    }

    /// Those that their first bytes give away.
    static Map<String, Bomb> ofHeaders() {
        Map<String, Bomb> bombs = new LinkedHashMap<>();
        bombs.put("PNG, 20000x20000 of 1 bit", Bomb.tooLarge(png(20_000, 20_000, 1, 0, new byte[0]), 33));
        bombs.put("PNG, 12000x12000 of RGB", Bomb.tooLarge(png(12_000, 12_000, 8, 2, new byte[0]), 33));
        bombs.put("GIF, canvas of 65535x65535", Bomb.tooLarge(gif(65_535, 65_535, 1), 13));
        bombs.put("JPEG, 64250x64250", Bomb.tooLarge(jpeg(64_250), jpegHeader()));
        bombs.put("WebP, 16383x16383 lossless", Bomb.tooLarge(webp(), 25));
        bombs.put("BMP, 40000x-40000", Bomb.tooLarge(bmp(), 54));
        bombs.put("TIFF, 100000x100000", Bomb.tooLarge(tiff(100_000, 100_000, 0, 0), 110));
        bombs.put("ICO, a PNG of 20000x20000", Bomb.tooLarge(ico(1, png(20_000, 20_000, 1, 0, new byte[0])), 62));
        return bombs;
    }

    /// @param more whole chunks before the picture data
    static byte[] png(int width, int height, int depth, int type, byte[] more) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) type)
                .array();
        int samples = type == 2 ? 3 : 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PNG_SIGNATURE);
        out.writeBytes(PngFile.chunk("IHDR", header));
        out.writeBytes(more);
        out.writeBytes(PngFile.chunk("IDAT", zeros((long) height * (1 + ((long) width * depth * samples + 7) / 8))));
        out.writeBytes(PngFile.chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] zeros(long length) {
        try (Deflater deflater = new Deflater(1)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] none = new byte[1 << 20];
            byte[] buffer = new byte[1 << 16];
            long left = length;
            while (!deflater.finished()) {
                if (deflater.needsInput() && left > 0) {
                    int some = (int) Math.min(left, none.length);
                    deflater.setInput(none, 0, some);
                    left -= some;
                }
                if (left == 0) {
                    deflater.finish();
                }
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static byte[] comment(int length) {
        byte[] packed = zeros(length);
        byte[] data = Arrays.copyOf("Comment\0\0".getBytes(ISO_8859_1), 9 + packed.length);
        System.arraycopy(packed, 0, data, 9, packed.length);
        return PngFile.chunk("zTXt", data);
    }

    private static byte[] frames() {
        return PngFile.chunk(
                "acTL", ByteBuffer.allocate(8).putInt(2_000_000_000).array());
    }

    private static byte[] gif(int width, int height, int frames) {
        ByteBuffer out = little(20 + 15 * frames);
        out.put("GIF89a".getBytes(ISO_8859_1)).putShort((short) width).putShort((short) height);
        out.put((byte) 0x80).put((byte) 0).put((byte) 0).put(new byte[6]);
        for (int i = 0; i < frames; i++) {
            out.put((byte) 0x2c)
                    .putInt(0)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .put((byte) 0);
            // Codes of three bits: clear, 0, end.
            out.put(new byte[] {2, 2, 0x44, 1, 0});
        }
        return out.put((byte) 0x3b).array();
    }

    private static byte[] smallJpeg() {
        return TestImages.jpeg(TestImages.quarters(64, 64), 0.5f);
    }

    private static int sof() {
        return find(smallJpeg(), 0xc0);
    }

    private static int jpegHeader() {
        return sof() + 9;
    }

    private static int find(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != marker) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        return at;
    }

    private static byte[] jpeg(int side) {
        byte[] jpeg = smallJpeg();
        return declare(jpeg, side, side);
    }

    private static byte[] declare(byte[] jpeg, int width, int height) {
        ByteBuffer.wrap(jpeg).putShort(sof() + 5, (short) height).putShort(sof() + 7, (short) width);
        return jpeg;
    }

    /// A valid progressive file of plain grey: after the scan of DC values one for each coefficient and bit,
    /// in which every code says that the next 16,384 blocks have none of it.
    ///
    /// @param runs of 16,384 blocks in the picture
    static byte[] scans(int count, int width, int height, int runs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
        byte[] ones = new byte[65];
        Arrays.fill(ones, 1, 65, (byte) 1);
        out.writeBytes(TestImages.segment(0xdb, "", ones));
        ByteBuffer frame =
                ByteBuffer.allocate(9).put((byte) 8).putShort((short) height).putShort((short) width);
        out.writeBytes(TestImages.segment(
                0xc2, "", frame.put(new byte[] {1, 1, 0x11, 0}).array()));
        out.writeBytes(TestImages.segment(0xc4, "", table(0x00, 0)));
        out.writeBytes(TestImages.segment(0xc4, "", table(0x10, 0xe0)));
        out.writeBytes(TestImages.segment(0xda, "", new byte[] {1, 1, 0, 0, 0, 0}));
        out.writeBytes(new byte[runs * 16_384 / 8]);
        byte[] codes = new byte[(15 * runs + 7) / 8];
        codes[codes.length - 1] |= (byte) ((1 << 8 * codes.length - 15 * runs) - 1);
        for (int i = 1; i < count; i++) {
            int coefficient = 1 + (i - 1) % 63;
            int bit = 12 - (i - 1) / 63;
            int before = bit == 12 ? 0 : bit + 1;
            byte[] scan = {1, 1, 0, (byte) coefficient, (byte) coefficient, (byte) (before << 4 | bit)};
            out.writeBytes(TestImages.segment(0xda, "", scan));
            out.writeBytes(codes);
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        return out.toByteArray();
    }

    /// One code of one bit.
    private static byte[] table(int id, int symbol) {
        byte[] table = new byte[18];
        table[0] = (byte) id;
        table[1] = 1;
        table[17] = (byte) symbol;
        return table;
    }

    private static byte[] comments(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            out.writeBytes(TestImages.segment(0xfe, "c", new byte[0]));
        }
        return TestImages.withSegments(smallJpeg(), out.toByteArray());
    }

    private static byte[] exif(byte[] block) {
        return TestImages.withSegments(smallJpeg(), TestImages.segment(0xe1, "Exif\0\0", block));
    }

    /// One entry that points to a directory of its own, which is this one; the next directory is this one too.
    private static byte[] loop() {
        return little(26)
                .put("II*\0".getBytes(ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x8769)
                .putShort((short) 4)
                .putInt(1)
                .putInt(8)
                .putInt(8)
                .array();
    }

    private static byte[] greedy() {
        return little(26)
                .put("II*\0".getBytes(ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x9286)
                .putShort((short) 12)
                .putInt(-1)
                .putInt(8)
                .putInt(0)
                .array();
    }

    private static byte[] laughs() {
        StringBuilder packet = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 10; i++) {
            packet.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        packet.append("]><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">&a9;</x:xmpmeta>");
        byte[] xmp = packet.toString().getBytes(ISO_8859_1);
        return TestImages.withSegments(smallJpeg(), TestImages.segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", xmp));
    }

    private static byte[] webp() {
        int bits = 16_382 | 16_382 << 14;
        return little(34)
                .put("RIFF".getBytes(ISO_8859_1))
                .putInt(26)
                .put("WEBPVP8L".getBytes(ISO_8859_1))
                .putInt(14)
                .put((byte) 0x2f)
                .putInt(bits)
                .array();
    }

    private static byte[] bmp() {
        return little(54 + 64)
                .put("BM".getBytes(ISO_8859_1))
                .putInt(54 + 64)
                .putInt(0)
                .putInt(54)
                .putInt(40)
                .putInt(40_000)
                .putInt(-40_000)
                .putShort((short) 1)
                .putShort((short) 24)
                .array();
    }

    /// @param there how much picture data there is
    /// @param next where the next directory is said to be
    private static byte[] tiff(int width, int height, int there, int next) {
        ByteBuffer out = little(110 + there);
        out.put("II*\0".getBytes(ISO_8859_1)).putInt(8).putShort((short) 8);
        int[][] tags = {
            {256, width},
            {257, height},
            {258, 8},
            {259, 1},
            {262, 1},
            {273, 110},
            {278, height},
            {279, there == 0 ? -2 : there},
        };
        for (int[] tag : tags) {
            out.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
        }
        return out.putInt(next).array();
    }

    static byte[] ico(int count, byte[] picture) {
        return little(22 + picture.length)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) count)
                .putInt(0)
                .putInt(0x0020_0001)
                .putInt(picture.length)
                .putInt(22)
                .put(picture)
                .array();
    }

    private static byte[] svg() {
        return ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99999\" height=\"99999\">"
                        + "<image href=\"http://169.254.169.254/\"/></svg>")
                .getBytes(ISO_8859_1);
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
