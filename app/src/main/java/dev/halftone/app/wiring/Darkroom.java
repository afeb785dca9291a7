package dev.halftone.app.wiring;

import dev.halftone.adapters.http.image.ImageParts;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.imaging.inspect.PictureInspector;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.image.JdbiAssetStore;
import dev.halftone.adapters.postgres.image.JdbiFactStore;
import dev.halftone.adapters.postgres.image.JdbiJobStore;
import dev.halftone.adapters.postgres.image.JdbiLookStore;
import dev.halftone.adapters.postgres.image.JdbiVariantStore;
import dev.halftone.adapters.queue.DbSchedulerQueue;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.asset.DeleteImage;
import dev.halftone.domain.asset.DescribeImage;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.asset.UploadImage;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.job.JobStore;
import dev.halftone.domain.job.ProcessImage;
import dev.halftone.domain.job.RunJob;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.text.ReadText;
import dev.halftone.domain.variant.MakeVariant;
import dev.halftone.domain.variant.RunPipeline;
import dev.halftone.domain.variant.cached.PurgeVariants;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Single images: the stores of what is known of them, and what is done to them.
final class Darkroom {
    private final ImageLimits limits;
    private final ObjectStore objects;
    private final Workshop workshop;
    private final SecureRandom random;
    private final InstantSource clock;
    private final PictureInspector inspector;
    private final JdbiAssetStore assets;
    private final JdbiFactStore facts;
    private final JdbiVariantStore variants;
    private final JdbiJobStore jobs;
    private final JdbiLookStore looks;
    private final OpenAsset open;
    private final MakeVariant make;

    Darkroom(
            HalftoneConfig config,
            Database database,
            DbSchedulerQueue queue,
            ObjectStore objects,
            Workshop workshop,
            SecureRandom random,
            InstantSource clock) {
        this.limits = config.imageLimits();
        this.objects = objects;
        this.workshop = workshop;
        this.inspector = workshop.inspector();
        this.random = random;
        this.clock = clock;
        this.assets = new JdbiAssetStore(database);
        this.facts = new JdbiFactStore(database);
        this.variants = new JdbiVariantStore(database);
        this.jobs = new JdbiJobStore(database, queue, queue, random);
        this.looks = new JdbiLookStore(database);
        this.open = new OpenAsset(assets, objects);
        this.make = new MakeVariant(open, variants, objects, workshop.turns(), workshop.engines(), limits);
    }

    JobStore jobs() {
        return jobs;
    }

    RunJob.Making making() {
        return make::make;
    }

    AssetStore assets() {
        return assets;
    }

    DeleteImage deletion(PurgeVariants cached) {
        return new DeleteImage(assets, variants, objects, cached);
    }

    /// @param cached what was made of an image and is to be forgotten with it
    ImageParts parts(Links links, BatchStore batches, PurgeVariants cached) {
        return new ImageParts(
                new UploadImage(assets, facts, objects, inspector, workshop.turns(), limits, random, clock),
                new DescribeImage(assets, facts, open, inspector, workshop.turns(), limits),
                deletion(cached),
                open,
                facts,
                batches,
                looks,
                new ProcessImage(assets, make, jobs, random),
                new RunPipeline(workshop.turns(), workshop.engines(), limits),
                new ReadText(assets, open, workshop.textRecognition(), workshop.turns(), workshop.engines(), limits),
                jobs,
                workshop.originals(),
                workshop.openImage(),
                objects,
                links,
                limits);
    }
}
