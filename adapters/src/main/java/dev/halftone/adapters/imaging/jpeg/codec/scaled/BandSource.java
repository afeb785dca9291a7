package dev.halftone.adapters.imaging.jpeg.codec.scaled;

/// Brings the blocks of a picture, one row of MCUs after the other, into [ComponentRows].
interface BandSource {
    /// Brings the next band, which the components have been told of; bands come in order, from 0.
    void band(int band);

    /// After the last band, looks at what is left.
    void finish();
}
