package dev.halftone.adapters.csv.planted;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;

/// Breaks the rule on java.net.URL.
public final class UsesUrl {
    public URL url() throws MalformedURLException {
        return URI.create("http://localhost/").toURL();
    }
}
