package dev.halftone.domain.stock;

import java.util.regex.Pattern;

/// The forms of keys, see [dev.halftone.domain.batch.SubmitBatch#uploadKey],
/// [dev.halftone.domain.item.ProcessItem#keyOf], [dev.halftone.domain.asset.Asset#keyOf] and
/// [dev.halftone.domain.variant.Variant#keyOf].
final class Keys {
    private static final String ID = "([0-7][0-9a-hjkmnp-tv-z]{25})";

    static final Pattern BATCH =
            Pattern.compile("uploads/" + ID + "\\.csv|batches/" + ID + "(?:\\.[^/]+)?/(.+)\\.[a-z0-9]+");
    static final Pattern IMAGE = Pattern.compile("assets/" + ID + "/[^/]+");
    static final Pattern CHECK = Pattern.compile("(batches/)?halftone-check/[0-9a-f-]{36}\\.txt");

    private Keys() {}
}
