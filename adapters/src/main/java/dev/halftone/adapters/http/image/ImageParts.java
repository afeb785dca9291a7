package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.json.Links;
import dev.halftone.domain.asset.DeleteImage;
import dev.halftone.domain.asset.DescribeImage;
import dev.halftone.domain.asset.FactStore;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.asset.UploadImage;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.duplicate.LookStore;
import dev.halftone.domain.engine.OriginalKeeper;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.job.JobStore;
import dev.halftone.domain.job.ProcessImage;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.text.ReadText;
import dev.halftone.domain.variant.RunPipeline;
import java.util.function.Function;

/// What the routes of single images stand on.
///
/// @param openImage fetches images by their address, through the outbound guard
public record ImageParts(
        UploadImage upload,
        DescribeImage describe,
        DeleteImage delete,
        OpenAsset open,
        FactStore facts,
        BatchStore batches,
        LookStore looks,
        ProcessImage process,
        RunPipeline run,
        ReadText readText,
        JobStore jobs,
        OriginalKeeper originals,
        OpenImage openImage,
        ObjectStore objects,
        Links links,
        ImageLimits limits) {

    /// Where the world finds an output.
    public Function<ObjectKey, String> address() {
        return key -> objects.publicUrl(key).toString();
    }
}
