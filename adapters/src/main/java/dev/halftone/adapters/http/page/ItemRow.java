package dev.halftone.adapters.http.page;

import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.storage.ObjectKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One item in the table of a batch.
///
/// @param image where its output is; null while there is none
/// @param renditions its further outputs
/// @param bytes such as `1.20 MB → 512 kB`
/// @param notes what to know of the way the output was made
/// @param error why it failed; null when it did not
public record ItemRow(
        String product,
        String place,
        String inputUrl,
        @Nullable String image,
        List<RenditionLink> renditions,
        String size,
        String bytes,
        String saved,
        List<String> notes,
        StateBadge state,
        @Nullable String error,
        @Nullable String advice) {

    /// A further output, by its name.
    public record RenditionLink(String name, String address) {}

    /// @param address where a browser finds an output
    public static ItemRow of(ItemView item, Function<ObjectKey, String> address) {
        Optional<ItemView.Delivered> result = item.result();
        boolean kept =
                result.map(done -> done.outcome().equals("kept_original")).orElse(false);
        return new ItemRow(
                item.product(),
                "Line " + Human.count(item.line()) + ", image " + item.position(),
                item.url(),
                result.map(done -> address.apply(done.key())).orElse(null),
                result.map(ItemView.Delivered::renditions).orElse(List.of()).stream()
                        .map(rendered -> new RenditionLink(rendered.name(), address.apply(rendered.key())))
                        .toList(),
                result.map(done -> done.size().width() + " × " + done.size().height())
                        .orElse(""),
                result.map(done -> Human.bytes(done.bytesIn()) + " → " + Human.bytes(done.bytesOut()))
                        .orElse(""),
                result.map(ItemRow::saved).orElse(""),
                result.map(ItemView.Delivered::notes).orElse(List.of()),
                StateBadge.of(item.state(), kept),
                item.code()
                        .map(code -> item.detail()
                                .map(detail -> code.wire() + ": " + detail)
                                .orElse(code.wire()))
                        .orElse(null),
                item.code().map(code -> code.advice()).orElse(null));
    }

    private static String saved(ItemView.Delivered done) {
        return done.bytesIn() <= done.bytesOut()
                ? ""
                : String.format(Locale.ENGLISH, "−%d %%", 100 * (done.bytesIn() - done.bytesOut()) / done.bytesIn());
    }
}
