package dev.halftone.domain.storage;

import java.util.regex.Pattern;

/// The name of a stored object: one to eight segments of letters, digits, `.`, `_` and `-`, joined by `/`. No
/// segment begins with a dot, so a key can never climb out of a folder nor hide in one. At most 512 characters.
public record ObjectKey(String value) {
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){0,7}");

    public ObjectKey {
        if (value.length() > 512 || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an object key: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
