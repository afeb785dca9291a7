package dev.halftone.domain.engine;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import java.util.ArrayList;
import java.util.List;

/// The engines in order of preference, and the rule that no output is ever larger than its source. Thread-safe
/// when its engines are.
public final class EngineChain {
    private final List<ImageEngine> engines;
    private final OriginalKeeper originals;

    public EngineChain(List<ImageEngine> engines, OriginalKeeper originals) {
        this.engines = List.copyOf(engines);
        this.originals = originals;
    }

    /// @throws HalftoneException when no engine takes the image, or the one that does finds it unusable
    public Compressed compress(SourceImage source, Compression compression, ImageLimits limits) {
        List<String> reasons = new ArrayList<>();
        for (ImageEngine engine : engines) {
            switch (engine.compress(source, compression, limits)) {
                case EngineResult.Encoded encoded -> {
                    return smallerOf(source, encoded, compression);
                }
                case EngineResult.Keep keep -> {
                    EncodedImage original = originals.keep(source, keep.shown(), compression.metadata());
                    return new Compressed(noted(original, keep.note()), true);
                }
                case EngineResult.Declined declined -> reasons.add(engine.name() + ": " + declined.reason());
            }
        }
        throw HalftoneException.of(
                FailureCode.UNSUPPORTED_FORMAT,
                "no engine takes this " + source.format().wire() + " (" + String.join("; ", reasons) + ")");
    }

    /// A resized picture is delivered whatever its size: the dimensions were asked for, the original would not
    /// have them.
    private Compressed smallerOf(SourceImage source, EngineResult.Encoded encoded, Compression compression) {
        EncodedImage candidate = encoded.image();
        double wanted = source.bytes().length * (1 - compression.minSavings() / 100.0);
        boolean pays = candidate.bytes().length <= wanted && candidate.bytes().length < source.bytes().length;
        if (pays || encoded.resized()) {
            return new Compressed(candidate, false);
        }
        return new Compressed(originals.keep(source, candidate.size(), compression.metadata()), true);
    }

    private static EncodedImage noted(EncodedImage image, String note) {
        List<String> notes = new ArrayList<>(image.notes());
        notes.add(note);
        return new EncodedImage(image.format(), image.bytes(), image.size(), notes);
    }

    /// What is delivered.
    ///
    /// @param keptOriginal whether the picture data is the source's own
    public record Compressed(EncodedImage image, boolean keptOriginal) {}
}
