package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.pipeline.MetadataPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The boxes of an AVIF or HEIC file (ISO/IEC 14496-12 and 23008-12), as far as metadata goes: items of type
/// `Exif` and of XMP, and where their bytes lie. Pictures are left to a decoder.
public final class HeifFile {
    private static final int MAX_BOXES = 10_000;

    /// Offset of the structure, then a TIFF with an empty directory.
    private static final byte[] EMPTY_EXIF = {0, 0, 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private final ByteView view;
    private final List<Box> top;
    private final List<Item> items = new ArrayList<>();

    private HeifFile(ByteView view) {
        this.view = view;
        this.top = boxes(0, view.length());
    }

    /// @param data first byte after the box's header
    private record Box(String type, long data, long end) {}

    /// @param xmp whether it is an XMP packet, else an EXIF block
    private record Item(boolean xmp, List<Extent> extents) {}

    private record Extent(int at, int length) {}

    /// @throws dev.halftone.domain.failure.HalftoneException `corrupt_image` where the boxes do not fit
    ///     together
    public static HeifFile parse(byte[] bytes) {
        HeifFile file = new HeifFile(ByteView.bigEndian(bytes));
        Optional<Box> meta = find(file.top, "meta");
        meta.ifPresent(box -> file.readItems(file.boxes(box.data + 4, box.end)));
        return file;
    }

    private List<Box> boxes(long from, long end) {
        List<Box> boxes = new ArrayList<>();
        long at = from;
        while (at + 8 <= end && boxes.size() < MAX_BOXES) {
            long length = view.u32(at);
            int header = length == 1 ? 16 : 8;
            long size = length == 1 ? view.u64(at + 8) : length == 0 ? end - at : length;
            if (size < header || size > end - at) {
                throw ByteView.damaged("the file is cut short inside a box of " + size + " bytes");
            }
            boxes.add(new Box(view.ascii(at + 4, 4), at + header, at + size));
            at += size;
        }
        return boxes;
    }

    private static Optional<Box> find(List<Box> boxes, String type) {
        return boxes.stream().filter(box -> box.type.equals(type)).findFirst();
    }

    /// Whether it holds a film beside its still picture, or instead of one.
    public boolean isSequence() {
        return find(top, "moov").isPresent();
    }

    private void readItems(List<Box> meta) {
        Optional<Box> infos = find(meta, "iinf");
        Optional<Box> places = find(meta, "iloc");
        if (infos.isEmpty() || places.isEmpty()) {
            return;
        }
        long data = find(meta, "idat").map(Box::data).orElse(0L);
        boolean wide = view.u8(infos.get().data) > 0;
        for (Box info : boxes(infos.get().data + (wide ? 8 : 6), infos.get().end)) {
            int version = view.u8(info.data);
            if (version < 2) {
                continue;
            }
            long id = version == 2 ? view.u16(info.data + 4) : view.u32(info.data + 4);
            String type = view.ascii(info.data + (version == 2 ? 8 : 10), 4);
            boolean xmp = type.equals("mime");
            if (xmp || type.equals("Exif")) {
                items.add(new Item(xmp, extentsOf(id, places.get(), data)));
            }
        }
    }

    /// The item location box (23008-12 and 14496-12, 8.11.3).
    private List<Extent> extentsOf(long wanted, Box iloc, long data) {
        int version = view.u8(iloc.data);
        int offsetBytes = view.u8(iloc.data + 4) >> 4;
        int lengthBytes = view.u8(iloc.data + 4) & 15;
        int baseBytes = view.u8(iloc.data + 5) >> 4;
        int indexBytes = version > 0 ? view.u8(iloc.data + 5) & 15 : 0;
        long at = iloc.data + 6;
        long count = version < 2 ? view.u16(at) : view.u32(at);
        at += version < 2 ? 2 : 4;
        for (long i = 0; i < count; i++) {
            long id = version < 2 ? view.u16(at) : view.u32(at);
            at += version < 2 ? 2 : 4;
            int method = version > 0 ? view.u16(at) & 15 : 0;
            at += (version > 0 ? 2 : 0) + 2L;
            long base = number(at, baseBytes) + (method == 1 ? data : 0);
            at += baseBytes;
            int extents = view.u16(at);
            at += 2;
            List<Extent> found = new ArrayList<>();
            for (int e = 0; e < extents; e++) {
                long offset = base + number(at + indexBytes, offsetBytes);
                long length = number(at + indexBytes + offsetBytes, lengthBytes);
                at += indexBytes + offsetBytes + lengthBytes;
                if (id == wanted) {
                    found.add(new Extent((int) view.need(offset, length), (int) length));
                }
            }
            if (id == wanted) {
                return found;
            }
        }
        return List.of();
    }

    private long number(long at, int bytes) {
        return switch (bytes) {
            case 4 -> view.u32(at);
            case 8 -> view.u64(at);
            default -> 0;
        };
    }

    /// The file with the same pictures, and in place of its metadata what the policy lets out. Blocks keep
    /// their length, so that nothing else in the file has to move.
    byte[] under(MetadataPolicy policy) {
        if (policy == MetadataPolicy.KEEP || items.isEmpty()) {
            return view.bytes();
        }
        byte[] copy = view.bytes().clone();
        for (Item item : items) {
            byte[] block = item.xmp ? new byte[0] : exif(item, policy);
            for (Extent extent : item.extents) {
                Arrays.fill(copy, extent.at, extent.at + extent.length, item.xmp ? (byte) ' ' : 0);
            }
            if (item.extents.size() == 1 && item.extents.getFirst().length >= block.length) {
                System.arraycopy(block, 0, copy, item.extents.getFirst().at, block.length);
            }
        }
        return copy;
    }

    private byte[] exif(Item item, MetadataPolicy policy) {
        if (policy == MetadataPolicy.STRIP || item.extents.size() != 1) {
            return EMPTY_EXIF;
        }
        Extent extent = item.extents.getFirst();
        byte[] block = view.slice(extent.at, extent.length);
        int skip = block.length < 8 ? block.length : (int) Math.min(block.length, 4 + view.u32(extent.at));
        return Exif.of(Arrays.copyOfRange(block, skip, block.length))
                .copyrightOnly(1)
                .map(tiff -> {
                    byte[] whole = new byte[4 + tiff.length];
                    System.arraycopy(tiff, 0, whole, 4, tiff.length);
                    return whole;
                })
                .orElse(EMPTY_EXIF);
    }
}
