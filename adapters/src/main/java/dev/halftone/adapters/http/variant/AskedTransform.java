package dev.halftone.adapters.http.variant;

import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.VariantProblems;
import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.transform.TransformRefused;
import io.javalin.http.Context;

/// Reads the transform that a request asks for, and whether it may.
final class AskedTransform {
    private final VariantParts parts;

    AskedTransform(VariantParts parts) {
        this.parts = parts;
    }

    /// Who can't sign learns nothing of what is wrong otherwise.
    ///
    /// @throws Refusal 400 for a transform that can't be, 403 without its signature, 410 when it has expired
    TransformQuery read(Context ctx) {
        String rawQuery = ctx.queryString() == null ? "" : ctx.queryString();
        TransformQuery query;
        try {
            query = parts.reader().read(rawQuery);
        } catch (TransformRefused refused) {
            throw parts.key().isPresent() ? VariantProblems.invalidSignature() : VariantProblems.of(refused);
        }
        String path = ctx.req().getRequestURI();
        if (parts.key().filter(key -> !key.isSigned(path, rawQuery, query)).isPresent()) {
            throw VariantProblems.invalidSignature();
        }
        if (query.expires().filter(end -> !end.isAfter(parts.clock().instant())).isPresent()) {
            throw VariantProblems.linkExpired();
        }
        return query;
    }

    /// The transform with its format settled by what the client takes, which the answer then depends on.
    TransformQuery settled(Context ctx, TransformQuery query, ImageFormat source) {
        if (!query.negotiates()) {
            return query;
        }
        ctx.header("Vary", "Accept");
        AcceptHeader accept = AcceptHeader.of(ctx.header("Accept"));
        return query.in(
                Negotiation.choose(accept, source, parts.reader().rules().written()));
    }
}
