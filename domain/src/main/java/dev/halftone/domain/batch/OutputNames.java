package dev.halftone.domain.batch;

import dev.halftone.domain.manifest.Row;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a batch's outputs are named, as a template such as `{sku}/{sku}-{n}.{ext}`. Placeholders: `{sku}` or
/// `{product}`, the product's name in letters and digits; `{serial}`, the serial number likewise; `{row}`, the data row
/// from 1; `{position}`, the image's place in its cell from 1; `{n}`, a number that goes on over all images whose name
/// is otherwise the same, from 1; `{ext}`, which can only stand at the end, after a dot. The same CSV gives the same
/// names. Immutable.
///
/// @param template without `.{ext}`, in one to six parts joined by `/`
public record OutputNames(String template) {
    /// Stands in [#stem] where the running number goes; no name can contain it.
    public static final char NUMBER = '#';

    private static final int LONGEST_TEMPLATE = 200;
    private static final int LONGEST_VALUE = 60;
    private static final int LONGEST_PART = 120;
    private static final int MOST_PARTS = 6;
    private static final List<String> KNOWN = List.of("sku", "product", "serial", "row", "position", "n");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._/-]*");

    public OutputNames {
        Optional<String> mistake = mistake(template);
        if (mistake.isPresent()) {
            throw new IllegalArgumentException(mistake.get());
        }
    }

    /// @throws IllegalArgumentException with what is wrong with the template
    public static OutputNames parse(String written) {
        return new OutputNames(written.endsWith(".{ext}") ? written.substring(0, written.length() - 6) : written);
    }

    private static Optional<String> mistake(String template) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        while (matcher.find()) {
            if (!KNOWN.contains(matcher.group(1))) {
                return Optional.of(
                        matcher.group(1).equals("ext")
                                ? "has .{ext} at its end only"
                                : "has the placeholders {" + String.join("}, {", KNOWN) + "} and .{ext}, not "
                                        + matcher.group());
            }
        }
        String literal = matcher.replaceAll("x");
        if (!LITERAL.matcher(literal).matches()) {
            return Optional.of("has letters, digits, . _ - and / beside its placeholders");
        }
        List<String> parts = List.of(literal.split("/", -1));
        boolean badPart = parts.stream().anyMatch(part -> part.isEmpty() || part.startsWith("."));
        if (badPart || parts.size() > MOST_PARTS || template.length() > LONGEST_TEMPLATE) {
            return Optional.of(
                    "has 1 to " + MOST_PARTS + " parts joined by /, none empty or with a dot in front, and at most "
                            + LONGEST_TEMPLATE + " characters");
        }
        return Optional.empty();
    }

    /// An image's name, but for its number and its extension.
    ///
    /// @param position its place in the row's cell, from 1
    public String stem(Row row, int position) {
        String name = PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "sku", "product" -> orRow(slug(row.product()), row);
                            case "serial" -> orRow(slug(row.serial()), row);
                            case "row" -> String.valueOf(row.index() + 1);
                            case "position" -> String.valueOf(position);
                            default -> String.valueOf(NUMBER);
                        }));
        return String.join(
                "/",
                java.util.Arrays.stream(name.split("/"))
                        .map(part -> part.length() > LONGEST_PART ? part.substring(0, LONGEST_PART) : part)
                        .toList());
    }

    /// The template as it is written, with its extension.
    public String wire() {
        return template + ".{ext}";
    }

    private static String orRow(String slug, Row row) {
        return slug.isEmpty() ? "row-" + (row.index() + 1) : slug;
    }

    /// Letters without their accents and digits, in lower case, joined by hyphens.
    private static String slug(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("æ", "ae")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.length() > LONGEST_VALUE ? plain.substring(0, LONGEST_VALUE) : plain;
        return cut.replaceAll("^-|-$", "");
    }
}
