package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.image.ImageLimits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// The blocks of a GIF file (GIF89a), walked from the header to the trailer without unpacking a frame.
public final class GifFile {
    private final ByteView view;
    private final List<Block> blocks;
    private final int end;

    private GifFile(ByteView view, List<Block> blocks, int end) {
        this.view = view;
        this.blocks = List.copyOf(blocks);
        this.end = end;
    }

    /// @param kind 0x2C for a frame, else the extension's label
    record Block(int kind, int start, int end) {
        boolean isFrame() {
            return kind == 0x2c;
        }
    }

    /// @throws dev.halftone.domain.failure.HalftoneException `corrupt_image` where a block is cut short,
    ///     unknown, or the trailer is missing
    public static GifFile parse(byte[] bytes) {
        ByteView view = ByteView.littleEndian(bytes);
        List<Block> blocks = new ArrayList<>();
        int at = 13 + tableBytes(view.u8(10));
        while (true) {
            if (at >= bytes.length) {
                throw ByteView.damaged(
                        "the GIF is cut short: it ends after " + bytes.length + " bytes without its trailer");
            }
            int kind = view.u8(at);
            if (kind == 0x3b) {
                if (blocks.stream().noneMatch(Block::isFrame)) {
                    throw ByteView.damaged("the GIF has no picture in it");
                }
                return new GifFile(view, blocks, at + 1);
            }
            Block block = blockAt(view, at, kind);
            blocks.add(block);
            at = block.end;
        }
    }

    private static Block blockAt(ByteView view, int at, int kind) {
        return switch (kind) {
            case 0x21 -> new Block(view.u8(at + 1), at, endOfSubBlocks(view, at + 2));
            case 0x2c -> new Block(kind, at, endOfSubBlocks(view, at + 11 + tableBytes(view.u8(at + 9))));
            default -> throw ByteView.damaged("the GIF has an unknown block at byte " + at);
        };
    }

    static int tableBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static int endOfSubBlocks(ByteView view, int from) {
        int at = from;
        while (true) {
            if (at >= view.length()) {
                throw ByteView.damaged("the GIF is cut short inside a block");
            }
            int length = view.u8(at);
            at += 1 + length;
            if (length == 0) {
                return at;
            }
        }
    }

    /// First byte after the picture.
    int end() {
        return end;
    }

    public ImageHeader header(ImageLimits limits) {
        int frames = 0;
        for (Block block : blocks) {
            if (block.isFrame()) {
                frames++;
                ImageHeader.of(view.u16(block.start + 5), view.u16(block.start + 7), 1, 1, limits);
            }
        }
        Frame first = firstFrame();
        // A screen of 0x0 is common in old files; viewers take the frame's size.
        long width = view.u16(6) == 0 ? first.left + (long) first.width : view.u16(6);
        long height = view.u16(8) == 0 ? first.top + (long) first.height : view.u16(8);
        return ImageHeader.of(width, height, 1, frames, limits);
    }

    /// The first frame as it is stored.
    ///
    /// @param transparent index of the clear colour, or -1
    /// @param palette 0xRRGGBB
    /// @param codeSize the LZW minimum code size
    /// @param data the packed codes without their sub-block lengths
    @SuppressWarnings("ArrayRecordComponent")
    public record Frame(
            int left,
            int top,
            int width,
            int height,
            boolean interlaced,
            int transparent,
            int[] palette,
            int codeSize,
            byte[] data) {}

    public Frame firstFrame() {
        int transparent = -1;
        for (Block block : blocks) {
            if (block.kind == 0xf9 && block.end - block.start >= 8) {
                transparent = (view.u8(block.start + 3) & 1) == 1 ? view.u8(block.start + 6) : -1;
            }
            if (block.isFrame()) {
                return frame(block, transparent);
            }
        }
        throw ByteView.damaged("the GIF has no picture in it");
    }

    private Frame frame(Block block, int transparent) {
        int at = block.start;
        int flags = view.u8(at + 9);
        int[] palette = (flags & 0x80) != 0
                ? palette(at + 10, tableBytes(flags) / 3)
                : palette(13, tableBytes(view.u8(10)) / 3);
        int data = at + 10 + tableBytes(flags);
        return new Frame(
                view.u16(at + 1),
                view.u16(at + 3),
                view.u16(at + 5),
                view.u16(at + 7),
                (flags & 0x40) != 0,
                transparent,
                palette,
                view.u8(data),
                joined(data + 1));
    }

    private int[] palette(int at, int colours) {
        int[] palette = new int[colours];
        for (int i = 0; i < colours; i++) {
            palette[i] = view.u8(at + 3L * i) << 16 | view.u8(at + 3L * i + 1) << 8 | view.u8(at + 3L * i + 2);
        }
        return palette;
    }

    private byte[] joined(int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = from; view.u8(at) != 0; at += 1 + view.u8(at)) {
            out.writeBytes(view.slice(at + 1L, view.u8(at)));
        }
        return out.toByteArray();
    }

    /// The file without comments, foreign application blocks, and what stood after the trailer.
    byte[] withoutMetadata() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end);
        out.write(view.bytes(), 0, 13 + tableBytes(view.u8(10)));
        for (Block block : blocks) {
            if (isPicture(block)) {
                out.write(view.bytes(), block.start, block.end - block.start);
            }
        }
        out.write(0x3b);
        return out.toByteArray();
    }

    private boolean isPicture(Block block) {
        if (block.kind == 0xff) {
            return view.startsWith(block.start + 3L, "NETSCAPE2.0") || view.startsWith(block.start + 3L, "ANIMEXTS1.0");
        }
        // Frames, their timing, and plain text that is part of the picture.
        return block.isFrame() || block.kind == 0xf9 || block.kind == 0x01;
    }
}
