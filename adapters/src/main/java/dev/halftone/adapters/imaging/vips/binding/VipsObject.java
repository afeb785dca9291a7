package dev.halftone.adapters.imaging.vips.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// One operation as a GObject: arguments go in and results come out as its properties, by name.
///
/// @param arena for what only the call needs
/// @param failure of what libvips said last
record VipsObject(
        VipsFunctions functions, MemorySegment object, Arena arena, Supplier<? extends RuntimeException> failure) {
    /// `GValue`: a type and two words of data.
    private static final long VALUE_BYTES = 24;

    /// @param value an image, a list of images, the bytes of a file, or what prints as libvips reads it
    void set(String name, Object value) {
        switch (value) {
            case VipsImage image -> put(name, functions.imageType(), functions.valueSetObject(), image.pointer());
            case byte[] bytes -> putOwned(name, functions.blobType(), blob(bytes));
            case List<?> images -> putOwned(name, functions.arrayType(), array(images));
            default -> {
                MemorySegment text = arena.allocateFrom(value.toString());
                if ((int) VipsFunctions.call(functions.setArgument(), object, arena.allocateFrom(name), text) != 0) {
                    throw failure.get();
                }
            }
        }
    }

    /// The object takes a reference of its own, so ours goes.
    private void putOwned(String name, MethodHandle type, MemorySegment area) {
        try {
            put(name, type, functions.valueSetBoxed(), area);
        } finally {
            VipsFunctions.call(functions.areaUnref(), area);
        }
    }

    private void put(String name, MethodHandle type, MethodHandle setter, MemorySegment content) {
        MemorySegment value = value(type);
        VipsFunctions.call(setter, value, content);
        VipsFunctions.call(functions.setProperty(), object, arena.allocateFrom(name), value);
        VipsFunctions.call(functions.valueUnset(), value);
    }

    private MemorySegment value(MethodHandle type) {
        MemorySegment value = arena.allocate(VALUE_BYTES, ADDRESS.byteAlignment());
        VipsFunctions.call(functions.valueInit(), value, VipsFunctions.call(type));
        return value;
    }

    private <T> T get(String name, MethodHandle type, MethodHandle getter, Function<MemorySegment, T> read) {
        MemorySegment value = value(type);
        try {
            VipsFunctions.call(functions.getProperty(), object, arena.allocateFrom(name), value);
            MemorySegment content = (MemorySegment) VipsFunctions.call(getter, value);
            if (content.equals(MemorySegment.NULL)) {
                throw failure.get();
            }
            return read.apply(content);
        } finally {
            VipsFunctions.call(functions.valueUnset(), value);
        }
    }

    /// The image it made, with a reference for the caller.
    MemorySegment image() {
        return get("out", functions.imageType(), functions.valueGetObject(), image ->
                (MemorySegment) VipsFunctions.call(functions.ref(), image));
    }

    /// The file it wrote.
    byte[] file() {
        return get("buffer", functions.blobType(), functions.valueGetBoxed(), blob -> {
            MemorySegment length = arena.allocate(JAVA_LONG);
            MemorySegment data = (MemorySegment) VipsFunctions.call(functions.blobGet(), blob, length);
            return data.reinterpret(length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        });
    }

    private MemorySegment array(List<?> images) {
        MemorySegment pointers = arena.allocate(ADDRESS, images.size());
        for (int i = 0; i < images.size(); i++) {
            pointers.setAtIndex(ADDRESS, i, ((VipsImage) images.get(i)).pointer());
        }
        return (MemorySegment) VipsFunctions.call(functions.arrayNew(), pointers, images.size());
    }

    /// Memory that goes over to libvips, which frees it with the last image that reads it.
    private MemorySegment blob(byte[] bytes) {
        long length = bytes.length;
        MemorySegment memory = (MemorySegment) VipsFunctions.call(functions.malloc(), Math.max(1, length));
        if (memory.equals(MemorySegment.NULL)) {
            throw failure.get();
        }
        MemorySegment.copy(bytes, 0, memory.reinterpret(length), JAVA_BYTE, 0, bytes.length);
        return (MemorySegment) VipsFunctions.call(functions.blobNew(), functions.free(), memory, length);
    }
}
