package dev.halftone.app.cli;

import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.storage.ObjectKey;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Names the image files of a run after their products: `espresso-cup-1.png`, `espresso-cup-2.png`. The numbers
/// go on over all rows of the same name, so no two images share a file; the same CSV gives the same names.
/// Not thread-safe.
final class ImageNames {
    private static final int LONGEST = 80;

    private final Map<String, Integer> used = new HashMap<>();
    private final Map<ObjectKey, String> names = new HashMap<>();

    /// The file name of an item's output; items that share an output share its name. Call in the CSV's order.
    String of(ItemView item, ObjectKey key) {
        return names.computeIfAbsent(key, fresh -> {
            String stem = slug(item.product());
            if (stem.isEmpty()) {
                stem = "row-" + item.line();
            }
            int number = used.merge(stem, 1, Integer::sum);
            return stem + "-" + number + ending(key);
        });
    }

    /// Likewise for a rendition: in a folder with its name, as the main output is called.
    ///
    /// @param main the main output
    String of(ItemView item, ObjectKey main, ItemView.Rendered rendered) {
        String name = of(item, main);
        return rendered.name() + "/" + name.substring(0, name.lastIndexOf('.')) + ending(rendered.key());
    }

    private static String ending(ObjectKey key) {
        return key.value().substring(key.value().lastIndexOf('.'));
    }

    private static String slug(String product) {
        String plain = Normalizer.normalize(product, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST).replaceAll("-$", "") : plain;
    }
}
