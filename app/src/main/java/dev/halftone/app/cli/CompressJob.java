package dev.halftone.app.cli;

import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.manifest.OutputStyle;
import java.nio.file.Path;

/// What `halftone compress` was asked to do.
///
/// @param out the CSV to write
/// @param images the folder for the images
/// @param baseUrl prefix of the addresses in the output CSV; empty for `file://` addresses
record CompressJob(Path csv, Path out, Path images, String baseUrl, BatchOptions options, OutputStyle style) {}
