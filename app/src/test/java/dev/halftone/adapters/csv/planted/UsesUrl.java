package dev.halftone.adapters.csv.planted;

import java.net.MalformedURLException;
import java.net.URI;

/// Breaks the rule on java.net.URL.
public final class UsesUrl {
    public Object url() throws MalformedURLException {
        return URI.create("http://localhost/").toURL();
    }
}
