package dev.halftone.adapters.http.variant;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.problem.VariantProblems;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.source.SourceUrl;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.variant.cached.CachedVariant;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Images of allowed hosts by URL: `/fetch/` and the percent-encoded address of the picture.
public final class FetchRoutes {
    private static final String PREFIX = "/fetch/";

    private final VariantParts parts;
    private final AskedTransform asked;
    private final VariantAnswer answer;

    public FetchRoutes(VariantParts parts) {
        this.parts = parts;
        this.asked = new AskedTransform(parts);
        this.answer = new VariantAnswer(parts);
    }

    public void addTo(RoutesConfig routes) {
        new Routing(routes).get("/fetch/<url>", this::image);
    }

    private void image(Context ctx) throws Exception {
        if (parts.hosts().isOff()) {
            throw VariantProblems.remoteOff();
        }
        TransformQuery query = asked.read(ctx);
        SourceUrl url = url(ctx.req().getRequestURI());
        if (!parts.hosts().allow(url)) {
            throw VariantProblems.hostNotAllowed(url.host());
        }
        // The source's own format is told by its bytes alone.
        CachedVariant made = parts.remote().of(url, asked.settled(ctx, query, ImageFormat.JPEG));
        answer.send(ctx, made, query, false);
    }

    private static SourceUrl url(String path) {
        String written;
        try {
            written = URLDecoder.decode(path.substring(PREFIX.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw VariantProblems.invalidUrl("a % does not stand before two hexadecimal digits");
        }
        return switch (SourceUrl.parse(written)) {
            case SourceUrl.Parsed.Valid valid -> valid.url();
            case SourceUrl.Parsed.Invalid invalid -> throw VariantProblems.invalidUrl(invalid.reason());
        };
    }
}
