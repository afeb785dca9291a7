package dev.halftone.domain.job;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.engine.WorkEstimate;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.source.SourceUrl;
import dev.halftone.domain.variant.MakeVariant;
import dev.halftone.domain.variant.Variant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Runs a pipeline over an asset: small work at once, heavy work as a job. Thread-safe; blocks its virtual
/// thread.
public final class ProcessImage {
    private final AssetStore assets;
    private final MakeVariant makeVariant;
    private final JobStore jobs;
    private final RandomGenerator random;

    /// @param random a secure source: ids must not be guessable
    public ProcessImage(AssetStore assets, MakeVariant makeVariant, JobStore jobs, RandomGenerator random) {
        this.assets = assets;
        this.makeVariant = makeVariant;
        this.jobs = jobs;
        this.random = random;
    }

    /// What became of a request.
    public sealed interface Result {
        record Made(Variant variant) implements Result {}

        record Queued(Job job, Optional<WebhookSecret> webhookSecret) implements Result {}

        record NoSuchImage() implements Result {}

        /// A watermark names an image that is not there.
        record NoSuchMark(String id) implements Result {}
    }

    /// @param owner whose the image is, and the pictures that are laid on it
    /// @param later whether it is to be a job even when it is small
    /// @param webhook where the end of the job is told; who wants to be told does not wait, so it makes a job
    ///     too
    /// @throws HalftoneException when work that is done at once fails, or is none that this server can do
    public Result process(Owner owner, AssetId id, Pipeline pipeline, boolean later, Optional<SourceUrl> webhook)
            throws InterruptedException {
        Optional<Asset> asset = assets.find(owner, id);
        if (asset.isEmpty()) {
            return new Result.NoSuchImage();
        }
        Optional<String> missing = pipeline.marks().stream()
                .sorted()
                .filter(mark -> !isThere(owner, mark))
                .findFirst();
        if (missing.isPresent()) {
            return new Result.NoSuchMark(missing.get());
        }
        if (later || webhook.isPresent()) {
            return queued(owner, id, pipeline, webhook);
        }
        Optional<Variant> known = makeVariant.known(id, pipeline);
        if (known.isPresent()) {
            return new Result.Made(known.get());
        }
        return WorkEstimate.of(asset.get().format(), asset.get().size(), pipeline)
                        .isHeavy()
                ? queued(owner, id, pipeline, webhook)
                : new Result.Made(makeVariant.make(asset.get(), pipeline, MakeVariant.Progress.NOBODY));
    }

    private boolean isThere(Owner owner, String mark) {
        return AssetId.parse(mark)
                .flatMap(picture -> assets.find(owner, picture))
                .isPresent();
    }

    private Result queued(Owner owner, AssetId id, Pipeline pipeline, Optional<SourceUrl> webhook) {
        makeVariant.require(pipeline);
        return jobs.submit(new NewJob(owner, JobId.random(random), id, pipeline, webhook))
                .<Result>map(submitted -> new Result.Queued(submitted.job(), submitted.webhookSecret()))
                .orElseGet(Result.NoSuchImage::new);
    }
}
