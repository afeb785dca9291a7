package dev.halftone.domain.source;

/// Turns an image's address, as somebody wrote it, into one that can be opened. Thread-safe.
@FunctionalInterface
public interface SourceReader {

    /// `http` and `https` only: what a service accepts.
    SourceReader REMOTE = SourceUrl::parse;

    SourceUrl.Parsed read(String written);

    /// Whether an address may also be a path on this machine, so that text without `http://` can be one.
    default boolean readsPaths() {
        return false;
    }
}
