package dev.halftone.adapters.imaging.jpeg.fuzz;

import dev.halftone.adapters.fuzz.JazzerRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs Jazzer over [CodecFuzzTarget] in a JVM of its own, from the same seed each time. `./halftone test fuzz
/// 10` runs it for ten minutes and goes on from what earlier long runs found.
class CodecFuzzTest {
    private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();

    @TempDir
    private Path temporary;

    @Test
    void noBytesMakeTheCodecFailOrLie() throws Exception {
        boolean isLong = System.getProperty(JazzerRun.SECONDS) != null;
        Path seeds = Files.createDirectory(temporary.resolve("seeds"));
        FuzzSeeds.writeTo(seeds);
        Path dictionary = temporary.resolve("markers.dict");
        FuzzSeeds.writeDictionary(dictionary);
        new JazzerRun(
                        FOLDER,
                        isLong ? FOLDER.resolve("found") : temporary.resolve("found"),
                        CodecFuzzTarget.class,
                        "dev.halftone.adapters.imaging.jpeg.codec.**"
                                + ":dev.halftone.adapters.imaging.jpeg.transcode.**")
                .run(Integer.getInteger(JazzerRun.SECONDS, 30), FuzzSeeds.LARGEST, seeds, dictionary);
    }
}
