package dev.halftone.domain.source;

import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;

/// Port: brings the bytes behind an image's address. Thread-safe; blocks its (virtual) thread.
public interface Downloader {

    /// @return the whole body, at most [ImageLimits#maxBytes] long
    /// @throws HalftoneException with the failure's code; never another exception for what the other side did
    byte[] fetch(SourceUrl url, ImageLimits limits) throws InterruptedException;

    /// Likewise, taking a place for the image once its host has time for it. Where nothing is waited for, that
    /// is at once. The caller gives the place back.
    default byte[] fetch(SourceUrl url, ImageLimits limits, Place place) throws InterruptedException {
        place.take();
        return fetch(url, limits);
    }
}
