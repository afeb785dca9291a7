package dev.halftone.app.bench.jpeg.side;

import dev.halftone.adapters.imaging.jpeg.transcode.Goal;
import dev.halftone.adapters.imaging.jpeg.transcode.JpegTranscoder;
import dev.halftone.adapters.imaging.jpeg.transcode.Recompression;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Halftone's own codec, in this process. Every call to it from the benchmark is in this class.
public final class HalftoneSide extends ThreadTimed {
    private static final long MAX_PIXELS = 200_000_000;

    private final JpegTranscoder transcoder = new JpegTranscoder();
    private final Mode mode;

    /// What the codec is asked for.
    public enum Mode {
        DEFAULT,
        SMALLEST,
        BEST,
        SMALLEST_BEST,
        PROGRESSIVE,
        /// The same coefficients with tables made for them: the floor that entropy decoding and coding set.
        LOSSLESS;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public HalftoneSide(Mode mode) {
        this.mode = mode;
    }

    /// @param word as on the command line
    public static Mode mode(String word) {
        List<String> words = Arrays.stream(Mode.values()).map(Mode::word).toList();
        if (!words.contains(word)) {
            throw new IllegalArgumentException("--mode is one of " + String.join(", ", words) + "; found " + word);
        }
        return Mode.values()[words.indexOf(word)];
    }

    @Override
    public String name() {
        return mode == Mode.DEFAULT ? "Halftone" : "Halftone " + mode.word();
    }

    @Override
    public String counted() {
        return "mode " + mode.word()
                + ", bytes to bytes; CPU time of its one thread, without JIT compiler and collector";
    }

    @Override
    public byte[] encode(Path photo, byte[] source, int quality) {
        Goal goal = mode == Mode.LOSSLESS ? new Goal.Lossless() : new Goal.AtQuality(quality);
        boolean smallest = mode == Mode.SMALLEST || mode == Mode.SMALLEST_BEST;
        Recompression.Profile profile = smallest ? Recompression.Profile.SMALLEST : Recompression.Profile.STANDARD;
        Recompression wanted = new Recompression(
                goal,
                profile,
                mode == Mode.BEST || mode == Mode.SMALLEST_BEST,
                mode == Mode.PROGRESSIVE,
                Recompression.NO_TURN,
                new byte[0],
                () -> {});
        return transcoder
                .transcode(JpegTranscoder.read(source, MAX_PIXELS), wanted)
                .file();
    }
}
