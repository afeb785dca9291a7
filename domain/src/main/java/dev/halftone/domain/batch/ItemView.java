package dev.halftone.domain.batch;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.storage.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One item as the outside sees it.
///
/// @param ordinal its place among the batch's items, from 0
/// @param rowIndex the CSV's data row, from 0
/// @param line the line of the CSV that the row begins on, from 1
/// @param position its place in the row's cell, from 1
/// @param url the image's address
/// @param result what came of it, once it completed
/// @param code why it failed, or why its last attempt did
/// @param detail the failure in one line
/// @param attempts how often it was begun
public record ItemView(
        int ordinal,
        int rowIndex,
        long line,
        String product,
        int position,
        String url,
        ItemState state,
        Optional<Delivered> result,
        Optional<FailureCode> code,
        Optional<String> detail,
        int attempts) {

    /// A stored rendition.
    ///
    /// @param name the rendition's
    public record Rendered(String name, ObjectKey key, String mediaType, PixelSize size, long bytes) {}

    /// @param outcome `compressed` or `kept_original`
    /// @param notes what a user should know of the way it was made
    /// @param renditions in the order of the options; one that could not be made is missing
    public record Delivered(
            String outcome,
            ObjectKey key,
            String mediaType,
            PixelSize size,
            long bytesIn,
            long bytesOut,
            List<String> notes,
            List<Rendered> renditions) {

        public Delivered {
            notes = List.copyOf(notes);
            renditions = List.copyOf(renditions);
        }

        /// Where a rendition is, if it could be made.
        public Optional<ObjectKey> rendition(String name) {
            return renditions.stream()
                    .filter(rendered -> rendered.name().equals(name))
                    .map(Rendered::key)
                    .findFirst();
        }

        /// Keys of all of its outputs, the main one first.
        public List<ObjectKey> keys() {
            return Stream.concat(Stream.of(key), renditions.stream().map(Rendered::key))
                    .toList();
        }
    }
}
