package dev.halftone.domain.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses of a run on the user's own machine: besides `http` and `https` also `file:` addresses and paths,
/// relative ones from the CSV's folder. Whether a file exists shows only when it is opened.
public final class LocalSources implements SourceReader {
    /// Two letters at least: `C:\` is a drive.
    private static final Pattern SCHEME = Pattern.compile("(?i)([a-z][a-z0-9+.-]+):.*", Pattern.DOTALL);

    private final Path folder;

    /// @param folder where relative paths start
    public LocalSources(Path folder) {
        this.folder = folder;
    }

    @Override
    public boolean readsPaths() {
        return true;
    }

    @Override
    public SourceUrl.Parsed read(String written) {
        String text = written.strip();
        if (text.isEmpty()) {
            return new SourceUrl.Parsed.Invalid("the address is empty");
        }
        if (text.length() > SourceUrl.MAX_LENGTH) {
            return new SourceUrl.Parsed.Invalid(
                    "the address has " + text.length() + " characters, the limit is " + SourceUrl.MAX_LENGTH);
        }
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            return ofPath(text);
        }
        return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
            case "http", "https" -> SourceUrl.parse(text);
            case "file" -> ofFileAddress(text);
            default ->
                new SourceUrl.Parsed.Invalid("the scheme is " + scheme.group(1).toLowerCase(Locale.ROOT)
                        + ", only http, https and file are read");
        };
    }

    private SourceUrl.Parsed ofPath(String text) {
        try {
            return new SourceUrl.Parsed.Valid(SourceUrl.ofFile(folder.resolve(text)), false);
        } catch (InvalidPathException e) {
            return new SourceUrl.Parsed.Invalid("not a valid path: " + e.getReason());
        }
    }

    private static SourceUrl.Parsed ofFileAddress(String text) {
        try {
            return new SourceUrl.Parsed.Valid(SourceUrl.ofFile(Path.of(new URI(text.replace(" ", "%20")))), false);
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return new SourceUrl.Parsed.Invalid("not a valid file address; write file:///folder/picture.jpg");
        }
    }
}
