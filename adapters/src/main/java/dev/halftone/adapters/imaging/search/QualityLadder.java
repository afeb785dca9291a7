package dev.halftone.adapters.imaging.search;

import java.io.IOException;

/// One picture, ready to be encoded at any quality: size and likeness grow with it, as a rule.
@FunctionalInterface
public interface QualityLadder {
    int TOP = 100;

    /// @param quality 1 to [#TOP], in between whole numbers too
    byte[] at(double quality) throws IOException;
}
