package dev.halftone.domain.manifest;

import dev.halftone.domain.source.SourceUrl;
import java.util.List;

/// One usable data row of a CSV.
///
/// @param index from 0, over all data rows that are not blank, bad ones included
/// @param line the line it begins on, from 1
/// @param serial the serial number as written
/// @param product the product's name; a continuation row has that of the product above
/// @param continuation whether the row belongs to the product above
/// @param images in the order of the cell, at least one
public record Row(int index, long line, String serial, String product, boolean continuation, List<SourceUrl> images) {

    public Row {
        images = List.copyOf(images);
    }
}
