package dev.halftone.adapters.imaging.vips.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The functions of libvips, GObject and GLib that are called, as bound in one library. Operations go through
/// GObject properties, so none of these takes a variable number of arguments.
///
/// @param free the address of `g_free`, for memory that libvips shall free by itself
record VipsFunctions(
        MethodHandle init,
        MethodHandle version,
        MethodHandle setenv,
        MethodHandle setConcurrency,
        MethodHandle setCacheMax,
        MethodHandle setVectors,
        MethodHandle usesVectors,
        MethodHandle blockUntrusted,
        MethodHandle block,
        MethodHandle trackedMemory,
        MethodHandle errors,
        MethodHandle typeFind,
        MethodHandle imageType,
        MethodHandle blobType,
        MethodHandle arrayType,
        MethodHandle operationNew,
        MethodHandle setArgument,
        MethodHandle build,
        MethodHandle unrefOutputs,
        MethodHandle setProperty,
        MethodHandle getProperty,
        MethodHandle valueInit,
        MethodHandle valueSetObject,
        MethodHandle valueSetBoxed,
        MethodHandle valueGetObject,
        MethodHandle valueGetBoxed,
        MethodHandle valueUnset,
        MethodHandle ref,
        MethodHandle unref,
        MethodHandle malloc,
        MethodHandle release,
        MethodHandle blobNew,
        MethodHandle blobGet,
        MethodHandle arrayNew,
        MethodHandle areaUnref,
        MethodHandle width,
        MethodHandle height,
        MethodHandle bands,
        MethodHandle format,
        MethodHandle interpretation,
        MethodHandle hasAlpha,
        MethodHandle pages,
        MethodHandle typeOf,
        MethodHandle getBlob,
        MethodHandle setBlob,
        MethodHandle copyMemory,
        MethodHandle toMemory,
        MethodHandle fromMemory,
        MethodHandle kill,
        MemorySegment free) {

    /// @throws IllegalArgumentException naming a function that the library does not have
    static VipsFunctions in(SymbolLookup library) {
        Binder bind = new Binder(library, Linker.nativeLinker());
        return new VipsFunctions(
                bind.of("vips_init", JAVA_INT, ADDRESS),
                bind.of("vips_version", JAVA_INT, JAVA_INT),
                bind.of("g_setenv", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
                bind.of("vips_concurrency_set", null, JAVA_INT),
                bind.of("vips_cache_set_max", null, JAVA_INT),
                bind.of("vips_vector_set_enabled", null, JAVA_INT),
                bind.of("vips_vector_isenabled", JAVA_INT),
                bind.of("vips_block_untrusted_set", null, JAVA_INT),
                bind.of("vips_operation_block_set", null, ADDRESS, JAVA_INT),
                bind.of("vips_tracked_get_mem", JAVA_LONG),
                bind.of("vips_error_buffer_copy", ADDRESS),
                bind.of("vips_type_find", JAVA_LONG, ADDRESS, ADDRESS),
                bind.of("vips_image_get_type", JAVA_LONG),
                bind.of("vips_blob_get_type", JAVA_LONG),
                bind.of("vips_array_image_get_type", JAVA_LONG),
                bind.of("vips_operation_new", ADDRESS, ADDRESS),
                bind.of("vips_object_set_argument_from_string", JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
                bind.of("vips_object_build", JAVA_INT, ADDRESS),
                bind.of("vips_object_unref_outputs", null, ADDRESS),
                bind.of("g_object_set_property", null, ADDRESS, ADDRESS, ADDRESS),
                bind.of("g_object_get_property", null, ADDRESS, ADDRESS, ADDRESS),
                bind.of("g_value_init", ADDRESS, ADDRESS, JAVA_LONG),
                bind.of("g_value_set_object", null, ADDRESS, ADDRESS),
                bind.of("g_value_set_boxed", null, ADDRESS, ADDRESS),
                bind.of("g_value_get_object", ADDRESS, ADDRESS),
                bind.of("g_value_get_boxed", ADDRESS, ADDRESS),
                bind.of("g_value_unset", null, ADDRESS),
                bind.of("g_object_ref", ADDRESS, ADDRESS),
                bind.of("g_object_unref", null, ADDRESS),
                bind.of("g_try_malloc", ADDRESS, JAVA_LONG),
                bind.of("g_free", null, ADDRESS),
                bind.of("vips_blob_new", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG),
                bind.of("vips_blob_get", ADDRESS, ADDRESS, ADDRESS),
                bind.of("vips_array_image_new", ADDRESS, ADDRESS, JAVA_INT),
                bind.of("vips_area_unref", null, ADDRESS),
                bind.of("vips_image_get_width", JAVA_INT, ADDRESS),
                bind.of("vips_image_get_height", JAVA_INT, ADDRESS),
                bind.of("vips_image_get_bands", JAVA_INT, ADDRESS),
                bind.of("vips_image_get_format", JAVA_INT, ADDRESS),
                bind.of("vips_image_guess_interpretation", JAVA_INT, ADDRESS),
                bind.of("vips_image_hasalpha", JAVA_INT, ADDRESS),
                bind.of("vips_image_get_n_pages", JAVA_INT, ADDRESS),
                bind.of("vips_image_get_typeof", JAVA_LONG, ADDRESS, ADDRESS),
                bind.of("vips_image_get_blob", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                bind.of("vips_image_set_blob_copy", null, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG),
                bind.of("vips_image_copy_memory", ADDRESS, ADDRESS),
                bind.of("vips_image_write_to_memory", ADDRESS, ADDRESS, ADDRESS),
                bind.of(
                        "vips_image_new_from_memory_copy",
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT),
                bind.of("vips_image_set_kill", null, ADDRESS, JAVA_INT),
                bind.symbol("g_free"));
    }

    private record Binder(SymbolLookup library, Linker linker) {

        MethodHandle of(
                String name, @org.jspecify.annotations.Nullable MemoryLayout result, MemoryLayout... arguments) {
            FunctionDescriptor shape =
                    result == null ? FunctionDescriptor.ofVoid(arguments) : FunctionDescriptor.of(result, arguments);
            return linker.downcallHandle(symbol(name), shape);
        }

        MemorySegment symbol(String name) {
            return library.find(name).orElseThrow(() -> new IllegalArgumentException("it has no function " + name));
        }
    }

    /// Calls one; the arguments' types are the handle's.
    ///
    /// @return an `Integer`, a `Long` or a `MemorySegment`, or nothing that means anything
    static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a native function threw", impossible);
        }
    }
}
