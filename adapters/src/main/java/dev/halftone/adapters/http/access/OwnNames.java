package dev.halftone.adapters.http.access;

import dev.halftone.adapters.http.problem.AccessProblems;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names that a service which asks for no keys answers to. A page of any site can have its own name resolve
/// to this machine (DNS rebinding), and its browser then takes the service for a part of that site; only the
/// `Host` tells. Addresses in numbers can't be made to resolve to anything. Thread-safe.
///
/// @param names in lower case, besides `localhost` and those under it
public record OwnNames(Set<String> names) {
    private static final Pattern NUMBERS = Pattern.compile("\\[[0-9a-f:.]+]|[0-9.]+");

    public OwnNames {
        names = Set.copyOf(names);
    }

    /// @throws dev.halftone.adapters.http.problem.Refusal 421 when the request was meant for another name
    void check(Context ctx) {
        String name = name(ctx.header("Host"));
        if (!name.equals("localhost")
                && !name.endsWith(".localhost")
                && !NUMBERS.matcher(name).matches()
                && !names.contains(name)) {
            throw AccessProblems.otherName(name);
        }
    }

    /// Without the port. HTTP/1.0 knows no names, and no browser speaks it.
    private static String name(@Nullable String host) {
        return host == null ? "localhost" : host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    }
}
