package dev.halftone.adapters.imaging.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An EXIF block (a TIFF structure, CIPA DC-008) as far as Halftone looks into it: the first directory
/// alone, so that directories which point at themselves cost nothing. A damaged block is never an error: it
/// says nothing.
public final class Exif {
    private static final int ORIENTATION = 0x112;
    private static final int ARTIST = 0x13b;
    private static final int COPYRIGHT = 0x8298;
    private static final int THUMBNAIL_OFFSET = 0x201;
    private static final int THUMBNAIL_LENGTH = 0x202;
    private static final int MAX_TEXT = 4096;

    private final byte[] block;
    private final boolean littleEndian;
    private final List<Entry> entries;

    private Exif(byte[] block, boolean littleEndian, List<Entry> entries) {
        this.block = block;
        this.littleEndian = littleEndian;
        this.entries = entries;
    }

    /// @param at where the 12 bytes of the entry stand
    private record Entry(int at, int tag, int type, long count) {}

    public static Exif of(byte[] block) {
        boolean little = block.length >= 8 && block[0] == 'I' && block[1] == 'I';
        boolean big = block.length >= 8 && block[0] == 'M' && block[1] == 'M';
        if (!little && !big) {
            return new Exif(block, false, List.of());
        }
        ByteView view = new ByteView(block, little);
        return new Exif(block, little, entriesAt(view, view.u32(4)));
    }

    private static List<Entry> entriesAt(ByteView view, long offset) {
        List<Entry> found = new ArrayList<>();
        if (offset < 8 || offset + 2 > view.length()) {
            return found;
        }
        int count = view.u16(offset);
        for (int i = 0; i < count; i++) {
            long at = offset + 2 + 12L * i;
            if (at + 12 > view.length()) {
                break;
            }
            found.add(new Entry((int) at, view.u16(at), view.u16(at + 2), view.u32(at + 4)));
        }
        return found;
    }

    /// The orientation of the first directory, 1 to 8; 1 where none, or none that makes sense, is given.
    /// BYTE and LONG values are accepted like the SHORT that the standard asks for.
    public int orientation() {
        for (Entry entry : entries) {
            if (entry.tag == ORIENTATION) {
                long value = numberOf(entry);
                return value >= 1 && value <= 8 ? (int) value : 1;
            }
        }
        return 1;
    }

    private long numberOf(Entry entry) {
        ByteView view = new ByteView(block, littleEndian);
        return switch (entry.type) {
            case 1 -> view.u8(entry.at + 8);
            case 3 -> view.u16(entry.at + 8);
            case 4 -> view.u32(entry.at + 8);
            default -> 0;
        };
    }

    /// A fresh block with nothing but an orientation.
    public static byte[] orientationOnly(int orientation) {
        return build(orientation, new byte[0], new byte[0]);
    }

    /// A fresh block with the artist and copyright entries, and the orientation unless it is 1.
    ///
    /// @return empty where there is nothing to say
    public Optional<byte[]> copyrightOnly(int orientation) {
        byte[] artist = textOf(ARTIST);
        byte[] copyright = textOf(COPYRIGHT);
        if (artist.length == 0 && copyright.length == 0 && orientation == 1) {
            return Optional.empty();
        }
        return Optional.of(build(orientation, artist, copyright));
    }

    /// A copy for pixels that were turned upright: orientation 1, and no thumbnail, which still lies on its
    /// side.
    public byte[] upright() {
        byte[] copy = block.clone();
        ByteBuffer out = ByteBuffer.wrap(copy).order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (Entry entry : entries) {
            if (entry.tag == ORIENTATION) {
                out.putShort(entry.at + 2, (short) 3);
                out.putInt(entry.at + 4, 1);
                out.putInt(entry.at + 8, 0);
                out.putShort(entry.at + 8, (short) 1);
            }
        }
        return withoutThumbnail(copy, out);
    }

    private byte[] withoutThumbnail(byte[] copy, ByteBuffer out) {
        if (entries.isEmpty()) {
            return copy;
        }
        int next = entries.getLast().at + 12;
        if (next + 4 > copy.length) {
            return copy;
        }
        ByteView view = new ByteView(copy, littleEndian);
        List<Entry> thumbnail = entriesAt(view, view.u32(next));
        out.putInt(next, 0);
        long offset = valueOf(view, thumbnail, THUMBNAIL_OFFSET);
        long length = valueOf(view, thumbnail, THUMBNAIL_LENGTH);
        if (offset < next + 4 || length < 1 || offset + length > copy.length) {
            return copy;
        }
        if (offset + length >= copy.length - 1) {
            return Arrays.copyOf(copy, (int) offset);
        }
        Arrays.fill(copy, (int) offset, (int) (offset + length), (byte) 0);
        return copy;
    }

    private static long valueOf(ByteView view, List<Entry> entries, int tag) {
        return entries.stream()
                .filter(entry -> entry.tag == tag && entry.type == 4)
                .mapToLong(entry -> view.u32(entry.at + 8))
                .findFirst()
                .orElse(0);
    }

    /// The bytes of an ASCII entry without closing NULs; empty where it is missing, blank or out of bounds.
    private byte[] textOf(int tag) {
        ByteView view = new ByteView(block, littleEndian);
        for (Entry entry : entries) {
            if (entry.tag == tag && entry.type == 2 && entry.count <= MAX_TEXT) {
                long at = entry.count <= 4 ? entry.at + 8 : view.u32(entry.at + 8);
                if (at + entry.count > block.length) {
                    return new byte[0];
                }
                byte[] text = view.slice(at, (int) entry.count);
                int end = text.length;
                while (end > 0 && (text[end - 1] == 0 || text[end - 1] == ' ')) {
                    end--;
                }
                return Arrays.copyOf(text, end);
            }
        }
        return new byte[0];
    }

    private static byte[] build(int orientation, byte[] artist, byte[] copyright) {
        int count = (orientation == 1 ? 0 : 1) + (artist.length > 0 ? 1 : 0) + (copyright.length > 0 ? 1 : 0);
        int texts = 8 + 2 + 12 * count + 4;
        ByteBuffer out = ByteBuffer.allocate(texts + artist.length + copyright.length + 2)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) count);
        if (orientation != 1) {
            out.putShort((short) ORIENTATION).putShort((short) 3).putInt(1).putInt(orientation);
        }
        int at = texts;
        at = putText(out, ARTIST, artist, at);
        at = putText(out, COPYRIGHT, copyright, at);
        return Arrays.copyOf(out.array(), at);
    }

    /// Writes one entry, its text at `at` (or inside the entry when it fits into four bytes with its NUL).
    private static int putText(ByteBuffer out, int tag, byte[] text, int at) {
        if (text.length == 0) {
            return at;
        }
        out.putShort((short) tag).putShort((short) 2).putInt(text.length + 1);
        if (text.length < 4) {
            out.put(text).put(new byte[4 - text.length]);
            return at;
        }
        out.putInt(at);
        out.put(at, text);
        return at + text.length + 1;
    }
}
