package dev.halftone.adapters.outbound.download;

import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.Place;
import dev.halftone.domain.source.SourceUrl;

/// Sends `file:` addresses to one downloader and all others to another. A server wires no such thing: its one
/// downloader refuses files.
public record SchemeDownloader(Downloader files, Downloader remote) implements Downloader {

    @Override
    public byte[] fetch(SourceUrl url, ImageLimits limits) throws InterruptedException {
        return of(url).fetch(url, limits);
    }

    @Override
    public byte[] fetch(SourceUrl url, ImageLimits limits, Place place) throws InterruptedException {
        return of(url).fetch(url, limits, place);
    }

    private Downloader of(SourceUrl url) {
        return url.isFile() ? files : remote;
    }
}
