package dev.halftone.domain.pipeline;

/// By which means an output is written, whatever its target: it changes bytes and time, never what was
/// promised.
///
/// @param progressive whether JPEG output comes in passes that show the whole picture early
public record Encoding(Profile profile, Effort effort, boolean progressive) {

    public static final Encoding DEFAULT = new Encoding(Profile.STANDARD, Effort.FAST, false);

    /// The same, but JPEG comes in passes.
    public Encoding inPasses() {
        return new Encoding(profile, effort, true);
    }
}
