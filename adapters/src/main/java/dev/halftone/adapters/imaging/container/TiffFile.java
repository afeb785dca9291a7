package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.image.ImageLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The directories of a TIFF or BigTIFF file (TIFF 6.0), one per page.
public final class TiffFile {
    private static final int MAX_PAGES = 1000;

    private final ByteView view;
    private final boolean big;
    private final List<List<Entry>> pages;

    private TiffFile(ByteView view, boolean big, List<List<Entry>> pages) {
        this.view = view;
        this.big = big;
        this.pages = pages;
    }

    /// @param value where the value stands, inside the entry or elsewhere
    /// @param bytes length of the value
    record Entry(int tag, int type, long count, long at, long value, long bytes) {}

    public static TiffFile parse(byte[] bytes) {
        ByteView view = new ByteView(bytes, bytes[0] == 'I');
        boolean big = view.u16(2) == 43;
        List<List<Entry>> pages = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        long at = big ? view.u64(8) : view.u32(4);
        while (at != 0 && seen.add(at) && pages.size() < MAX_PAGES) {
            List<Entry> entries = new ArrayList<>();
            long next = directory(view, big, at, entries);
            pages.add(entries);
            at = next;
        }
        if (pages.isEmpty()) {
            throw ByteView.damaged("the TIFF has no picture in it");
        }
        return new TiffFile(view, big, pages);
    }

    /// @return where the next directory stands, 0 for none
    static long directory(ByteView view, boolean big, long at, List<Entry> entries) {
        view.need(at, big ? 8 : 2);
        long count = big ? view.u64(at) : view.u16(at);
        long first = at + (big ? 8 : 2);
        int size = big ? 20 : 12;
        if (count < 1 || count > 4096) {
            throw ByteView.damaged("a TIFF directory declares " + count + " entries");
        }
        view.need(first, count * size);
        for (int i = 0; i < count; i++) {
            long entry = first + (long) size * i;
            long values = big ? view.u64(entry + 4) : view.u32(entry + 4);
            int type = view.u16(entry + 2);
            long inline = entry + (big ? 12 : 8);
            long length = values < 0 || values > view.length() ? Long.MAX_VALUE : values * bytesOf(type);
            long value = length <= (big ? 8 : 4) ? inline : big ? view.u64(inline) : view.u32(inline);
            entries.add(new Entry(view.u16(entry), type, values, entry, value, length));
        }
        long link = first + count * size;
        // The last link is missing in some files; then there is no further page.
        return link + (big ? 8 : 4) > view.length() ? 0 : big ? view.u64(link) : view.u32(link);
    }

    private static int bytesOf(int type) {
        return switch (type) {
            case 3, 8 -> 2;
            case 4, 9, 11, 13 -> 4;
            case 5, 10, 12, 16, 17, 18 -> 8;
            default -> 1;
        };
    }

    public ImageHeader header(ImageLimits limits) {
        int orientation = (int) number(pages.getFirst(), 274).orElse(1L).longValue();
        int shown = 0;
        for (List<Entry> page : pages) {
            ImageHeader.of(number(page, 256).orElse(0L), number(page, 257).orElse(0L), 1, 1, limits);
            // Bit 0 of NewSubfileType marks a smaller copy of another page.
            shown += (number(page, 254).orElse(0L) & 1) == 0 ? 1 : 0;
        }
        return ImageHeader.of(
                number(pages.getFirst(), 256).orElse(0L),
                number(pages.getFirst(), 257).orElse(0L),
                orientation >= 1 && orientation <= 8 ? orientation : 1,
                Math.max(1, shown),
                limits);
    }

    /// The first number of a tag on the first page.
    public Optional<Long> number(int tag) {
        return number(pages.getFirst(), tag);
    }

    private Optional<Long> number(List<Entry> page, int tag) {
        return page.stream()
                .filter(entry -> entry.tag == tag && entry.count >= 1)
                .findFirst()
                .flatMap(entry -> switch (entry.type) {
                    case 1 -> Optional.of((long) view.u8(entry.value));
                    case 3 -> Optional.of((long) view.u16(entry.value));
                    case 4, 13 -> Optional.of(view.u32(entry.value));
                    case 16 -> Optional.of(view.u64(entry.value));
                    default -> Optional.empty();
                });
    }

    /// The bytes of a tag on the first page; empty where it is missing or out of bounds.
    public Optional<byte[]> bytesOfTag(int tag) {
        return pages.getFirst().stream()
                .filter(entry -> entry.tag == tag)
                .filter(entry -> entry.value >= 0 && entry.bytes <= view.length() - entry.value)
                .findFirst()
                .map(entry -> view.slice(entry.value, (int) entry.bytes));
    }

    public Optional<byte[]> icc() {
        return bytesOfTag(34675);
    }

    ByteView view() {
        return view;
    }

    /// Whether it is a BigTIFF, with 64-bit offsets.
    public boolean isBig() {
        return big;
    }

    List<List<Entry>> pages() {
        return pages;
    }
}
