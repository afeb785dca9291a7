package dev.halftone.domain.variant;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.form.PipelineForm;
import dev.halftone.domain.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// An asset through a pipeline, stored.
///
/// @param pipeline hash of the pipeline's canonical form
/// @param notes what a user should know of the way it was made
/// @param hash of its bytes; empty where an earlier version stored it
public record Variant(
        AssetId asset,
        ContentHash pipeline,
        ObjectKey key,
        ImageFormat format,
        PixelSize size,
        long bytes,
        List<String> notes,
        Optional<ContentHash> hash) {

    public Variant {
        notes = List.copyOf(notes);
    }

    /// The same for two pipelines exactly when they ask for the same.
    public static ContentHash hashOf(Pipeline pipeline) {
        return ContentHash.of(PipelineForm.canonical(pipeline).getBytes(StandardCharsets.UTF_8));
    }

    /// A stable key: making the variant again writes the same object.
    ///
    /// @param round of the asset, see [VariantStore#round]
    public static ObjectKey keyOf(AssetId asset, ContentHash pipeline, int round, ImageFormat format) {
        return new ObjectKey("assets/%s/%s%s.%s"
                .formatted(asset, pipeline.hex(), round == 0 ? "" : "-" + round, format.extension()));
    }
}
