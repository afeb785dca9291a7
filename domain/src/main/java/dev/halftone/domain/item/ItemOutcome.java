package dev.halftone.domain.item;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.storage.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How one run of an item ended.
public sealed interface ItemOutcome {

    /// The output is stored and durable.
    ///
    /// @param keptOriginal whether the picture data is the source's own
    /// @param bytesIn of the source
    /// @param output the main one; its notes tell of a rendition that could not be made
    record Delivered(boolean keptOriginal, long bytesIn, Output output, List<Rendered> renditions)
            implements ItemOutcome {

        public Delivered {
            renditions = List.copyOf(renditions);
        }

        /// Without renditions.
        public Delivered(boolean keptOriginal, long bytesIn, Output output) {
            this(keptOriginal, bytesIn, output, List.of());
        }

        /// Of all outputs, the main one first.
        public List<ObjectKey> keys() {
            return Stream.concat(Stream.of(output), renditions.stream().map(Rendered::output))
                    .map(Output::key)
                    .toList();
        }

        /// The outcome's stable word.
        public String wire() {
            return keptOriginal ? "kept_original" : "compressed";
        }
    }

    /// Nothing was delivered; [Failure#retryable] says whether another run may be.
    record Failed(Failure failure) implements ItemOutcome {}

    /// Nothing was tried, because the item's host is left alone for now.
    ///
    /// @param reason why, with the time to wait as its [Failure#retryAfter]
    record Deferred(Failure reason) implements ItemOutcome {}

    /// A rendition that was stored.
    ///
    /// @param name the rendition's
    record Rendered(String name, Output output) {}

    /// A stored output.
    ///
    /// @param size as shown
    /// @param notes what a user should know of the way it was made
    /// @param look what it looks like, where that was asked for and can be told
    record Output(
            ObjectKey key,
            ImageFormat format,
            PixelSize size,
            long bytes,
            ContentHash hash,
            List<String> notes,
            Optional<PerceptualHash> look) {
        public Output {
            notes = List.copyOf(notes);
        }

        /// Nobody asked what it looks like.
        public Output(
                ObjectKey key, ImageFormat format, PixelSize size, long bytes, ContentHash hash, List<String> notes) {
            this(key, format, size, bytes, hash, notes, Optional.empty());
        }
    }
}
