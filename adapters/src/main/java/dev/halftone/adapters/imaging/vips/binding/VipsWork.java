package dev.halftone.adapters.imaging.vips.binding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.halftone.adapters.imaging.pixel.Deadline;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// All that libvips does for one picture. It owns every image made on the way and gives all of them back when
/// it is closed; past the deadline they are told to stop making pixels. Used by one thread.
public final class VipsWork implements AutoCloseable {
    private static final int UCHAR = 0;
    private static final int DOUBLE = 8;

    private final VipsFunctions functions;
    private final Deadline deadline;
    private final List<MemorySegment> owned = new ArrayList<>();
    private final Watchdog.Watch watch;
    private boolean closed;

    VipsWork(VipsFunctions functions, Deadline deadline, Watchdog watchdog) {
        this.functions = functions;
        this.deadline = deadline;
        this.watch = watchdog.after(deadline.remaining(), this::stop);
    }

    VipsFunctions functions() {
        return functions;
    }

    /// Called by the watchdog's thread, so it must not meet images that were given back.
    private synchronized void stop() {
        if (!closed) {
            owned.forEach(image -> VipsFunctions.call(functions.kill(), image, 1));
        }
    }

    synchronized VipsImage own(MemorySegment image) {
        owned.add(image);
        return new VipsImage(this, image);
    }

    /// @throws VipsException where there is nothing at that address
    MemorySegment checked(MemorySegment made) {
        if (made.equals(MemorySegment.NULL)) {
            throw failed();
        }
        return made;
    }

    /// libvips keeps one buffer of messages for all threads, so a message may be another picture's.
    private VipsException failed() {
        String said = errors();
        deadline.check();
        return new VipsException(said.lines().findFirst().orElse("it did not say why"));
    }

    void forgetErrors() {
        errors();
    }

    private String errors() {
        MemorySegment text = (MemorySegment) VipsFunctions.call(functions.errors());
        if (text.equals(MemorySegment.NULL)) {
            return "";
        }
        try {
            return text.reinterpret(Long.MAX_VALUE).getString(0).strip();
        } catch (IllegalArgumentException notUtf8) {
            return "";
        } finally {
            VipsFunctions.call(functions.release(), text);
        }
    }

    /// Opens a picture: its header alone is read, unless the format can't do that.
    ///
    /// @param loader such as `pngload_buffer`
    public VipsImage open(String loader, byte[] bytes, Map<String, ?> options) {
        return run(loader, "buffer", bytes, options);
    }

    /// Runs an operation that makes an image.
    ///
    /// @param name of the first argument
    /// @param first an image or bytes
    public VipsImage run(String operation, String name, Object first, Map<String, ?> arguments) {
        return built(operation, name, first, arguments, object -> own(object.image()));
    }

    /// Runs an operation that writes an image as a file.
    ///
    /// @param saver such as `webpsave_buffer`
    public byte[] save(String saver, VipsImage image, Map<String, ?> options) {
        return built(saver, "in", image, options, VipsObject::file);
    }

    /// An image of these samples, one byte each.
    public VipsImage of(byte[] samples, int width, int height, int bands) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom(JAVA_BYTE, samples);
            return own(checked((MemorySegment) VipsFunctions.call(
                    functions.fromMemory(), data, (long) samples.length, width, height, bands, UCHAR)));
        }
    }

    /// The pixels of an image of bytes, and nothing but them.
    VipsImage copyOf(VipsImage image) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(JAVA_LONG);
            MemorySegment data =
                    checked((MemorySegment) VipsFunctions.call(functions.toMemory(), image.pointer(), length));
            try {
                return own(checked((MemorySegment) VipsFunctions.call(
                        functions.fromMemory(),
                        data,
                        length.get(JAVA_LONG, 0),
                        image.width(),
                        image.height(),
                        image.bands(),
                        UCHAR)));
            } finally {
                VipsFunctions.call(functions.release(), data);
            }
        }
    }

    /// A matrix for operations that take one, rows from top to bottom.
    public VipsImage matrix(int width, int height, double... values) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom(JAVA_DOUBLE, values);
            return own(checked((MemorySegment)
                    VipsFunctions.call(functions.fromMemory(), data, 8L * values.length, width, height, 1, DOUBLE)));
        }
    }

    private <T> T built(
            String operation, String name, Object first, Map<String, ?> arguments, Function<VipsObject, T> result) {
        deadline.check();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = checked(
                    (MemorySegment) VipsFunctions.call(functions.operationNew(), arena.allocateFrom(operation)));
            try {
                VipsObject object = new VipsObject(functions, pointer, arena, this::failed);
                object.set(name, first);
                arguments.forEach(object::set);
                if ((int) VipsFunctions.call(functions.build(), pointer) != 0) {
                    throw failed();
                }
                return result.apply(object);
            } finally {
                VipsFunctions.call(functions.unrefOutputs(), pointer);
                VipsFunctions.call(functions.unref(), pointer);
            }
        }
    }

    @Override
    public void close() {
        watch.cancel();
        synchronized (this) {
            closed = true;
            forgetErrors();
            owned.reversed().forEach(image -> VipsFunctions.call(functions.unref(), image));
            owned.clear();
        }
    }
}
