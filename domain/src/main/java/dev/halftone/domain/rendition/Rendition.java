package dev.halftone.domain.rendition;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.transform.TransformRefused;

/// One further output of every image of a batch. Made by [RenditionsReader]; immutable.
///
/// @param name 1 to 32 small letters, digits, `_` and `-`, a letter or a digit first
/// @param written the transform as the submitter wrote it
/// @param transform what is done to the source
public record Rendition(String name, String written, TransformQuery transform) {

    /// What is done to a source of this format and size.
    ///
    /// @param shown the source's size, upright
    /// @param main the batch's compression: metadata and means of writing are those of the main output
    /// @throws TransformRefused when this source has no such part
    public Pipeline over(ImageFormat source, PixelSize shown, Compression main) {
        Pipeline own = transform.over(source, shown);
        Compression output = own.output()
                .withMetadata(main.metadata())
                .withEncoding(
                        own.output().encoding().progressive() ? main.encoding().inPasses() : main.encoding());
        return new Pipeline(own.operations(), output);
    }

    /// As [RenditionsReader] reads it.
    public String wire() {
        return name + ":" + written;
    }
}
