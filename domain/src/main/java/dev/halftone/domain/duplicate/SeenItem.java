package dev.halftone.domain.duplicate;

import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.storage.ObjectKey;

/// A completed item of which it is known what it looks like.
///
/// @param line the line of the CSV that its row begins on
/// @param position its place in the row's cell, from 1
/// @param copies how many images of the batch have its very address, itself included
public record SeenItem(
        long line, String product, int position, String url, ObjectKey key, int copies, PerceptualHash look) {}
