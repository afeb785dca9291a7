package dev.halftone.domain.transform;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Pipeline;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A transform in its canonical form: two that do the same are equal. Made by [TransformReader]; immutable.
///
/// @param values in canonical form, without what is default or of no effect
/// @param original whether nothing is asked for but the picture as it was uploaded
/// @param negotiates whether the format is left to what the client takes
/// @param named whether a preset was named, whose meaning an operator may change
/// @param download the file name to save it under
/// @param expires when the link stops working
public record TransformQuery(
        Map<Parameter, String> values,
        boolean original,
        boolean negotiates,
        boolean named,
        Optional<String> download,
        Optional<Instant> expires) {

    public TransformQuery {
        Map<Parameter, String> own = new EnumMap<>(Parameter.class);
        own.putAll(values);
        values = java.util.Collections.unmodifiableMap(own);
    }

    /// The one text of all transforms that do the same, as a query: sorted by name, percent-encoded. Empty for the
    /// original. Reads back as this transform.
    public String canonical() {
        return QueryText.of(byName());
    }

    /// What a signature may cover besides the query as it was written: the canonical form with what is of the link.
    String signedForm() {
        TreeMap<String, String> all = byName();
        download.ifPresent(name -> all.put(Parameter.DL.wire(), name));
        expires.ifPresent(moment -> all.put(Parameter.EXPIRES.wire(), Long.toString(moment.getEpochSecond())));
        return QueryText.of(all);
    }

    private TreeMap<String, String> byName() {
        TreeMap<String, String> byName = new TreeMap<>();
        values.forEach((parameter, value) -> byName.put(parameter.wire(), value));
        if (negotiates) {
            byName.put(Parameter.AUTO.wire(), "format");
        }
        return byName;
    }

    /// The transform once the format is negotiated: for the engines and the cache, no longer for a URL.
    ///
    /// @param format empty for the source's own
    public TransformQuery in(Optional<ImageFormat> format) {
        Map<Parameter, String> settled = new EnumMap<>(Parameter.class);
        settled.putAll(values);
        format.ifPresent(chosen -> {
            settled.put(Parameter.FM, WireFormat.name(chosen));
            settled.put(Parameter.AUTO, "format");
        });
        if (settled.isEmpty()) {
            settled.put(Parameter.Q, Parameter.Q.standard().orElseThrow());
        }
        return new TransformQuery(settled, false, false, named, download, expires);
    }

    /// Whether the format was asked for by name, so that it is delivered even where the source is smaller.
    public boolean hasFormat() {
        return values.containsKey(Parameter.FM) && !values.containsKey(Parameter.AUTO);
    }

    /// What is done to a source of this format and size.
    ///
    /// @param shown the source's size, upright
    /// @throws TransformRefused when this source has no such part
    public Pipeline over(ImageFormat source, PixelSize shown) {
        return new TransformSteps(values, source, shown).pipeline();
    }
}
