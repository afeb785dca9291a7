package dev.halftone.domain.variant.cached;

import dev.halftone.domain.engine.HeaderReader;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.source.SourceUrl;
import dev.halftone.domain.transform.TransformQuery;

/// Gives an image of another host in the form that a URL asks for. Its source is kept like a variant, so that
/// one download serves all sizes. Thread-safe.
public final class TransformRemote {
    private static final String SOURCE = "source";

    private final OpenImage open;
    private final HeaderReader headers;
    private final ImageLimits limits;
    private final TransformSource make;
    private final Variants sources;
    private final Variants variants;
    private final String edition;

    /// @param sources with bounds of their own: a slow host holds up no other work
    public TransformRemote(
            OpenImage open,
            HeaderReader headers,
            ImageLimits limits,
            TransformSource make,
            Variants sources,
            Variants variants,
            String edition) {
        this.open = open;
        this.headers = headers;
        this.limits = limits;
        this.make = make;
        this.sources = sources;
        this.variants = variants;
        this.edition = edition;
    }

    /// @param url of a host that is allowed
    /// @param query with its format negotiated
    /// @throws TooManyWaiting when too many wait already
    public CachedVariant of(SourceUrl url, TransformQuery query) throws InterruptedException {
        String owner = VariantKey.ownerOf(url);
        VariantKey key = new VariantKey(owner, edition + "?" + query.canonical());
        return variants.get(key, () -> {
            CachedVariant source = sources.get(new VariantKey(owner, SOURCE), () -> download(url));
            return make.of(new SourceImage(source.format(), source.bytes()), source.size(), query);
        });
    }

    private CachedVariant download(SourceUrl url) throws InterruptedException {
        SourceImage source = open.open(url);
        return CachedVariant.of(source.format(), headers.shown(source, limits), source.bytes());
    }
}
