package dev.halftone.domain.text;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import dev.halftone.domain.text.TextRecognition.Availability;
import dev.halftone.domain.text.TextRecognition.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;

/// Reads the text in an uploaded image. Whoever recognises it never sees the user's file: it gets a PNG that
/// our engines made of it, upright, grey, on white, no larger than a page needs. Both hold one CPU turn.
/// Thread-safe; blocks its virtual thread.
public final class ReadText {
    /// A page of A4 at 300 dots an inch has 3,508; more takes time and helps no letter.
    static final int LONGEST_SIDE = 4_000;

    private static final String USUAL = "eng";

    private static final Pipeline READABLE = new Pipeline(
            List.of(
                    new Operation.Resize(
                            OptionalInt.of(LONGEST_SIDE),
                            OptionalInt.of(LONGEST_SIDE),
                            Fit.MAX,
                            Gravity.CENTER,
                            Rgba.WHITE),
                    new Operation.Flatten(Rgba.WHITE),
                    new Operation.Grayscale()),
            Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless()));

    private final AssetStore assets;
    private final OpenAsset openAsset;
    private final TextRecognition recognition;
    private final CpuTurns turns;
    private final EngineChain engines;
    private final ImageLimits limits;

    public ReadText(
            AssetStore assets,
            OpenAsset openAsset,
            TextRecognition recognition,
            CpuTurns turns,
            EngineChain engines,
            ImageLimits limits) {
        this.assets = assets;
        this.openAsset = openAsset;
        this.recognition = recognition;
        this.turns = turns;
        this.engines = engines;
        this.limits = limits;
    }

    /// What became of a request.
    public sealed interface Result {
        /// @param text with boxes on the picture as it is shown
        record Read(Asset asset, Languages languages, RecognisedText text) implements Result {}

        record NoSuchImage() implements Result {}

        /// @param installed the codes to choose from
        record UnknownLanguage(String asked, SortedSet<String> installed) implements Result {}
    }

    /// @param asked such as `eng+deu`; English where nothing is asked for and it is installed, else the first
    /// language that is
    /// @throws HalftoneException with `unsupported_operation` where nothing can read text here,
    /// `processing_timeout` where it took too long, or what is wrong with the image
    public Result read(Owner owner, AssetId id, Optional<String> asked) throws InterruptedException {
        SortedSet<String> installed = switch (recognition.availability()) {
            case Availability.Installed(SortedSet<String> languages) -> languages;
            case Availability.Missing(String reason) ->
                throw HalftoneException.of(FailureCode.UNSUPPORTED_OPERATION, reason);
        };
        String wanted = asked.orElse(installed.contains(USUAL) ? USUAL : installed.first());
        Optional<Languages> languages = Languages.parse(wanted).filter(one -> installed.containsAll(one.codes()));
        if (languages.isEmpty()) {
            return new Result.UnknownLanguage(wanted, installed);
        }
        Optional<Asset> asset = assets.find(owner, id);
        Optional<SourceImage> source = asset.flatMap(found -> openAsset.open(found.id()));
        if (asset.isEmpty() || source.isEmpty()) {
            return new Result.NoSuchImage();
        }
        RecognisedText text =
                turns.take(id, CpuTurns.memoryOf(source.get()), () -> read(asset.get(), source.get(), languages.get()));
        return new Result.Read(asset.get(), languages.get(), text);
    }

    private RecognisedText read(Asset asset, SourceImage source, Languages languages) {
        EncodedImage png = engines.convert(source, READABLE, Map.of(), limits).image();
        return switch (recognition.read(png, languages, limits.processing())) {
            case Outcome.Recognised(RecognisedText text) -> text.on(png.size(), asset.size());
            case Outcome.TimedOut(var allowed) ->
                throw HalftoneException.of(
                        FailureCode.PROCESSING_TIMEOUT,
                        "reading the text took longer than " + allowed.toMillis() / 1000.0 + " s");
            case Outcome.Failed(String reason) ->
                throw HalftoneException.of(FailureCode.INTERNAL, "the text could not be read: " + reason);
        };
    }
}
