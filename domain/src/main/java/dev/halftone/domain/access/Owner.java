package dev.halftone.domain.access;

import java.util.regex.Pattern;

/// Whose data something is. An owner is nothing but this name: it comes to be with its first key, and sees what
/// carries its name and nothing else.
///
/// @param name 1 to 63 small letters, digits, `.`, `_` and `-`, the first one a letter or a digit
public record Owner(String name) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /// Whose everything is that is made without a key.
    public static final Owner LOCAL = new Owner("local");

    public Owner {
        if (!isOwner(name)) {
            throw new IllegalArgumentException(
                    "an owner is 1 to 63 small letters, digits, ., _ and -, a letter or digit first");
        }
    }

    public static boolean isOwner(String name) {
        return FORM.matcher(name).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
