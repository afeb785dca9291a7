package dev.halftone.domain.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/// The size that a file declares for its picture, read at the places where its format has it, without walking
/// the rest of the file. So that a picture beyond all limits is refused at once, and memory is set aside by
/// pixels, whatever a few kilobytes unpack to. It is what the file says: whoever decodes reads the header
/// again, and in full.
///
/// @param width of the largest picture in the file, 0 or more
/// @param height likewise
public record DeclaredSize(long width, long height) {
    private static final DeclaredSize NONE = new DeclaredSize(0, 0);

    /// Boxes of AVIF and HEIC with the size stand before the picture data.
    private static final int BOXES = 64 << 10;

    private static final int MOST_ICONS = 256;

    /// Width times height, never beyond [Long#MAX_VALUE].
    public long pixels() {
        return height != 0 && width > Long.MAX_VALUE / height ? Long.MAX_VALUE : width * height;
    }

    /// @return empty for formats that don't say it in a fixed place, and where those places are missing or say
    /// zero
    public static Optional<DeclaredSize> of(SourceImage source) {
        DeclaredSize declared;
        try {
            declared = read(source);
        } catch (IndexOutOfBoundsException tooShort) {
            return Optional.empty();
        }
        return declared.width < 1 || declared.height < 1 ? Optional.empty() : Optional.of(declared);
    }

    private static DeclaredSize read(SourceImage source) {
        byte[] bytes = source.bytes();
        return switch (source.format()) {
            case JPEG -> jpeg(bytes);
            case PNG -> png(bytes, 0);
            case GIF -> gif(bytes);
            case WEBP -> webp(bytes);
            case BMP -> bmp(bytes, 14, 1);
            case TIFF -> tiff(new View(bytes, bytes[0] == 'I'));
            case ICO -> ico(bytes);
            case AVIF, HEIC -> boxes(bytes);
            case JXL, JP2, PSD, SVG -> NONE;
        };
    }

    /// Numbers in a file.
    private record View(byte[] bytes, boolean little) {
        int u8(long at) {
            if (at < 0 || at >= bytes.length) {
                throw new IndexOutOfBoundsException();
            }
            return bytes[(int) at] & 0xff;
        }

        long number(long at, int length) {
            long number = 0;
            for (int i = 0; i < length; i++) {
                number = number << 8 | u8(little ? at + length - 1 - i : at + i);
            }
            return number;
        }

        boolean says(int at, String text) {
            return at + text.length() <= bytes.length && new String(bytes, at, text.length(), ISO_8859_1).equals(text);
        }
    }

    private DeclaredSize or(DeclaredSize other) {
        return other.pixels() > pixels() ? other : this;
    }

    /// The first frame header, which stands before any scan (ITU T.81 B.2). A height of 0 is told after the
    /// scan.
    private static DeclaredSize jpeg(byte[] bytes) {
        View view = new View(bytes, false);
        int at = 2;
        while (true) {
            while (view.u8(at) != 0xff || view.u8(at + 1) == 0xff || view.u8(at + 1) == 0) {
                at++;
            }
            int marker = view.u8(at + 1);
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return new DeclaredSize(view.number(at + 7, 2), view.number(at + 5, 2));
            }
            if (marker == 0xda || marker == 0xd9) {
                return NONE;
            }
            boolean bare = marker == 0x01 || marker >= 0xd0 && marker <= 0xd8;
            at += bare ? 2 : 2 + (int) Math.max(2, view.number(at + 2, 2));
        }
    }

    private static DeclaredSize png(byte[] bytes, int start) {
        View view = new View(bytes, false);
        return view.says(start + 12, "IHDR")
                ? new DeclaredSize(view.number(start + 16, 4), view.number(start + 20, 4))
                : NONE;
    }

    /// The canvas, or the first frame where that is larger.
    private static DeclaredSize gif(byte[] bytes) {
        View view = new View(bytes, true);
        DeclaredSize canvas = new DeclaredSize(view.number(6, 2), view.number(8, 2));
        int at = 13 + tableBytes(view.u8(10));
        try {
            while (view.u8(at) == 0x21) {
                at += 2;
                while (view.u8(at) != 0) {
                    at += 1 + view.u8(at);
                }
                at++;
            }
            return view.u8(at) == 0x2c
                    ? canvas.or(new DeclaredSize(view.number(at + 5, 2), view.number(at + 7, 2)))
                    : canvas;
        } catch (IndexOutOfBoundsException cutShort) {
            return canvas;
        }
    }

    private static int tableBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static DeclaredSize webp(byte[] bytes) {
        View view = new View(bytes, true);
        if (view.says(12, "VP8X")) {
            return new DeclaredSize(view.number(24, 3) + 1, view.number(27, 3) + 1);
        }
        if (view.says(12, "VP8L")) {
            long bits = view.number(21, 4);
            return new DeclaredSize((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
        }
        return view.says(12, "VP8 ")
                ? new DeclaredSize(view.number(26, 2) & 0x3fff, view.number(28, 2) & 0x3fff)
                : NONE;
    }

    /// @param header where the bitmap's own header begins
    /// @param halves 2 in an icon, which counts its mask as further rows
    private static DeclaredSize bmp(byte[] bytes, int header, int halves) {
        View view = new View(bytes, true);
        if (view.number(header, 4) == 12) {
            return new DeclaredSize(view.number(header + 4, 2), view.number(header + 6, 2) / halves);
        }
        long width = Math.absExact((long) (int) view.number(header + 4, 4));
        return new DeclaredSize(width, Math.absExact((long) (int) view.number(header + 8, 4)) / halves);
    }

    /// The first directory, of TIFF or BigTIFF.
    private static DeclaredSize tiff(View view) {
        boolean big = view.number(2, 2) == 43;
        long at = big ? view.number(8, 8) : view.number(4, 4);
        long count = view.number(at, big ? 8 : 2);
        long width = 0;
        long height = 0;
        for (long i = 0; i < Math.min(count, 4096); i++) {
            long entry = at + (big ? 8 : 2) + i * (big ? 20 : 12);
            long tag = view.number(entry, 2);
            if (tag == 256 || tag == 257) {
                long type = view.number(entry + 2, 2);
                long value = view.number(entry + (big ? 12 : 8), type == 3 ? 2 : type == 1 ? 1 : 4);
                width = tag == 256 ? value : width;
                height = tag == 257 ? value : height;
            }
        }
        return new DeclaredSize(width, height);
    }

    /// The largest of its pictures, each a PNG or a BMP without its file header.
    private static DeclaredSize ico(byte[] bytes) {
        View view = new View(bytes, true);
        DeclaredSize largest = NONE;
        for (int i = 0; i < Math.min(view.number(4, 2), MOST_ICONS); i++) {
            long at = view.number(18L + 16 * i, 4);
            if (at + 40 <= bytes.length) {
                largest = largest.or(view.u8(at) == 0x89 ? png(bytes, (int) at) : bmp(bytes, (int) at, 2));
            }
        }
        return largest;
    }

    /// The largest `ispe` property (ISO/IEC 23008-12 6.5.3).
    private static DeclaredSize boxes(byte[] bytes) {
        View view = new View(bytes, false);
        DeclaredSize largest = NONE;
        for (int at = 4; at + 16 <= Math.min(bytes.length, BOXES); at++) {
            if (bytes[at] == 'i' && view.says(at, "ispe")) {
                largest = largest.or(new DeclaredSize(view.number(at + 8, 4), view.number(at + 12, 4)));
            }
        }
        return largest;
    }
}
