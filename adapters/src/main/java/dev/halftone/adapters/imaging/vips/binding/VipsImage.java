package dev.halftone.adapters.imaging.vips.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.halftone.domain.image.PixelSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;

/// An image of libvips: a recipe for pixels that are made when they are asked for. It lives as long as the work
/// that made it.
public final class VipsImage {
    /// What its samples mean (`VipsInterpretation`).
    public enum Meaning {
        GREY,
        GREY16,
        SRGB,
        RGB16,
        CMYK,
        OTHER
    }

    private static final int BYTES = 0;

    private final VipsWork work;
    private final MemorySegment pointer;

    VipsImage(VipsWork work, MemorySegment pointer) {
        this.work = work;
        this.pointer = pointer;
    }

    MemorySegment pointer() {
        return pointer;
    }

    private VipsFunctions functions() {
        return work.functions();
    }

    private int number(MethodHandle function) {
        return (int) VipsFunctions.call(function, pointer);
    }

    public int width() {
        return number(functions().width());
    }

    public int height() {
        return number(functions().height());
    }

    public PixelSize size() {
        return new PixelSize(width(), height());
    }

    public int bands() {
        return number(functions().bands());
    }

    public boolean hasAlpha() {
        return number(functions().hasAlpha()) != 0;
    }

    /// Pages or top-level pictures of the file it came from.
    public int pages() {
        return number(functions().pages());
    }

    /// Whether a sample is one byte.
    public boolean isBytes() {
        return number(functions().format()) == BYTES;
    }

    public Meaning meaning() {
        return switch (number(functions().interpretation())) {
            case 1 -> Meaning.GREY;
            case 15 -> Meaning.CMYK;
            case 17, 22 -> Meaning.SRGB;
            case 25 -> Meaning.RGB16;
            case 26 -> Meaning.GREY16;
            default -> Meaning.OTHER;
        };
    }

    /// Runs an operation that takes this image as its `in`, and makes another.
    ///
    /// @param arguments names and values: images, or what prints as libvips reads it
    public VipsImage with(String operation, Map<String, ?> arguments) {
        return work.run(operation, "in", this, arguments);
    }

    /// A box out of it.
    public VipsImage cut(int left, int top, int width, int height) {
        return work.run("crop", "input", this, Map.of("left", left, "top", top, "width", width, "height", height));
    }

    public VipsImage add(VipsImage other) {
        return work.run("add", "left", this, Map.of("right", other));
    }

    public VipsImage subtract(VipsImage other) {
        return work.run("subtract", "left", this, Map.of("right", other));
    }

    /// The same pixels, made once and kept in memory, to be read in any order and any number of times.
    public VipsImage inMemory() {
        MemorySegment copy = (MemorySegment) VipsFunctions.call(functions().copyMemory(), pointer);
        return work.own(work.checked(copy));
    }

    /// All samples, row by row, band by band.
    ///
    /// @throws VipsException where they can't be made
    public byte[] samples() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(JAVA_LONG);
            MemorySegment made =
                    work.checked((MemorySegment) VipsFunctions.call(functions().toMemory(), pointer, length));
            try {
                return made.reinterpret(length.get(JAVA_LONG, 0)).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            } finally {
                VipsFunctions.call(functions().release(), made);
            }
        }
    }

    /// A block of metadata, such as `exif-data`.
    public Optional<byte[]> block(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocateFrom(name);
            if ((long) VipsFunctions.call(functions().typeOf(), pointer, key) == 0) {
                return Optional.empty();
            }
            MemorySegment data = arena.allocate(ADDRESS);
            MemorySegment length = arena.allocate(JAVA_LONG);
            if ((int) VipsFunctions.call(functions().getBlob(), pointer, key, data, length) != 0) {
                work.forgetErrors();
                return Optional.empty();
            }
            // The memory is the image's own.
            return Optional.of(data.get(ADDRESS, 0)
                    .reinterpret(length.get(JAVA_LONG, 0))
                    .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
        }
    }

    /// The image with a block of metadata set anew.
    public VipsImage withBlock(String name, byte[] block) {
        VipsImage copy = with("copy", Map.of());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, block);
            VipsFunctions.call(
                    functions().setBlob(), copy.pointer, arena.allocateFrom(name), data, (long) block.length);
        }
        return copy;
    }

    /// The same pixels, made once, with nothing said of them: no metadata in any form.
    public VipsImage bare() {
        VipsImage samples = work.copyOf(this);
        return samples.with("copy", Map.of("interpretation", bands() < 3 ? "b-w" : "srgb"));
    }
}
