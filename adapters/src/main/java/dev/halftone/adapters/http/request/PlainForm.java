package dev.halftone.adapters.http.request;

import io.javalin.http.Context;
import java.util.Optional;

/// A small form, as browsers send one that has no file. One in parts is not read: that could be of any size.
public final class PlainForm {
    /// The most bytes of such a form that are read.
    public static final int LONGEST = 1_000_000;

    private PlainForm() {}

    public static Optional<String> field(Context ctx, String name) {
        return ctx.isFormUrlencoded() ? Optional.ofNullable(ctx.formParam(name)) : Optional.empty();
    }
}
