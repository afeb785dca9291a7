package dev.halftone.domain.storage;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a stored object: one to eight segments of letters, digits, `.`, `_` and `-`, joined by `/`. No
/// segment begins with a dot, so a key can never climb out of a folder nor hide in one. At most 512 characters.
public record ObjectKey(String value) {
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){0,7}");

    private static final Pattern PREFIX =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/){0,7}([A-Za-z0-9_-][A-Za-z0-9._-]*)?");

    public ObjectKey {
        if (!isKey(value)) {
            throw new IllegalArgumentException("not an object key: " + value);
        }
    }

    /// Empty for what is no key, such as a file that somebody else put beside the objects.
    public static Optional<ObjectKey> parse(String text) {
        return isKey(text) ? Optional.of(new ObjectKey(text)) : Optional.empty();
    }

    /// @param text what keys may begin with: nothing at all, a folder with its `/`, or the beginning of a name
    /// @throws IllegalArgumentException when no key can begin with it
    public static void checkPrefix(String text) {
        if (text.length() > 512 || !PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException("no object key begins with " + text);
        }
    }

    private static boolean isKey(String text) {
        return text.length() <= 512 && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
