package dev.halftone.adapters.imaging.vips.binding;

import dev.halftone.adapters.imaging.pixel.Deadline;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;

/// libvips, loaded and told how to behave: one thread for each picture, because the engine's threads are the
/// parallelism; no cache of results; and no reader but those that are named here, so that a file never reaches
/// one that was not written for hostile input. One a process; thread-safe.
public final class LibVips {
    /// The readers that are let in. SVG counts as untrusted upstream; what reaches it here was cleaned before.
    private static final List<String> READERS = List.of("Jpeg", "Png", "Webp", "Tiff", "Heif", "Svg");

    /// A function of liborc: it is found through the library that was linked with it.
    private static final String ORC = "orc_code_free";

    private final VipsFunctions functions;
    private final Watchdog watchdog = new Watchdog();
    private final String name;

    private LibVips(VipsFunctions functions, String name) {
        this.functions = functions;
        this.name = name;
    }

    /// @param library a file, or a name that the system's loader knows
    /// @throws IllegalArgumentException saying why it can't be used
    static LibVips open(String library) {
        Path path = Path.of(library);
        SymbolLookup symbols = path.isAbsolute()
                ? SymbolLookup.libraryLookup(path, Arena.global())
                : SymbolLookup.libraryLookup(library, Arena.global());
        LibVips vips = new LibVips(VipsFunctions.in(symbols), library);
        vips.start(symbols.find(ORC).isPresent());
        return vips;
    }

    /// @param orc whether this build makes its vector code with liborc
    private void start(boolean orc) {
        try (Arena arena = Arena.ofConfined()) {
            // What it warns of is in a picture's notes or errors; the console is not its own.
            VipsFunctions.call(functions.setenv(), arena.allocateFrom("VIPS_WARNING"), arena.allocateFrom("1"), 1);
            if ((int) VipsFunctions.call(functions.init(), arena.allocateFrom("halftone")) != 0) {
                throw new IllegalArgumentException("it does not start");
            }
            if (number(0) != 8 || number(1) < 13) {
                throw new IllegalArgumentException("it is version " + version() + ", 8.13 or newer is needed");
            }
            VipsFunctions.call(functions.setConcurrency(), 1);
            VipsFunctions.call(functions.setCacheMax(), 0);
            if (orc) {
                // It gives code back without its lock (0.4.33, orc_code_chunk_free): two threads end the process.
                VipsFunctions.call(functions.setVectors(), 0);
            }
            VipsFunctions.call(functions.blockUntrusted(), 1);
            VipsFunctions.call(functions.block(), arena.allocateFrom("VipsForeignLoad"), 1);
            for (String reader : READERS) {
                VipsFunctions.call(functions.block(), arena.allocateFrom("VipsForeignLoad" + reader), 0);
            }
        }
    }

    private int number(int part) {
        return (int) VipsFunctions.call(functions.version(), part);
    }

    /// Such as `8.14.1`.
    public String version() {
        return number(0) + "." + number(1) + "." + number(2);
    }

    /// Whether metadata is left away by `keep=none`, as from 8.15 on, and not by `strip=true`.
    public boolean knowsKeep() {
        return number(1) >= 15;
    }

    /// Whether it makes pixels with vector instructions: liborc, up to 8.14, is not let, Highway is.
    public boolean usesVectors() {
        return (int) VipsFunctions.call(functions.usesVectors()) != 0;
    }

    /// Where it was found: a path, or the name by which the system knows it.
    public String name() {
        return name;
    }

    /// Whether it was built with an operation, such as `heifload_buffer`.
    public boolean has(String operation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment base = arena.allocateFrom("VipsOperation");
            return (long) VipsFunctions.call(functions.typeFind(), base, arena.allocateFrom(operation)) != 0;
        }
    }

    /// Bytes of pixels that libvips holds right now, for all pictures together.
    public long pixelBytes() {
        return (long) VipsFunctions.call(functions.trackedMemory());
    }

    /// Begins the work on one picture.
    public VipsWork work(Deadline deadline) {
        return new VipsWork(functions, deadline, watchdog);
    }
}
