package dev.halftone.domain.item;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.source.SourceUrl;
import java.util.Optional;

/// One image of one row, begun by a worker: the unit of work.
///
/// @param ordinal its place among the batch's items, from 0
/// @param rowIndex the CSV's data row, from 0
/// @param position its place in the row's cell, from 1
/// @param name of its output without extension, where the batch names its outputs
/// @param compared whether what the output looks like is to be noted
/// @param attempt the number this run was marked with, from 1: the fencing token of every write about it
public record Item(
        BatchId batch,
        int ordinal,
        int rowIndex,
        int position,
        SourceUrl url,
        Optional<String> name,
        boolean compared,
        int attempt) {}
