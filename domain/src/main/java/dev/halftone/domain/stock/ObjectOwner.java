package dev.halftone.domain.stock;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Optional;
import java.util.regex.Matcher;

/// Whose an object is, as its key says.
public sealed interface ObjectOwner {

    /// An upload or an output.
    ///
    /// @param stem of an output, the name without extension that its item gave it; empty for the upload
    record OfBatch(BatchId id, Optional<String> stem) implements ObjectOwner {}

    /// The image itself, or a variant of it.
    record OfImage(AssetId id) implements ObjectOwner {}

    /// What a check of the store left at a start.
    record OfACheck() implements ObjectOwner {}

    /// Somebody else's, or what says whose the store is: none of our business.
    record Foreign() implements ObjectOwner {}

    static ObjectOwner of(ObjectKey key) {
        Matcher batch = Keys.BATCH.matcher(key.value());
        if (batch.matches()) {
            String id = batch.group(1) == null ? batch.group(2) : batch.group(1);
            return new OfBatch(BatchId.of(id), Optional.ofNullable(batch.group(3)));
        }
        Matcher image = Keys.IMAGE.matcher(key.value());
        if (image.matches()) {
            return new OfImage(AssetId.of(image.group(1)));
        }
        return Keys.CHECK.matcher(key.value()).matches() ? new OfACheck() : new Foreign();
    }
}
