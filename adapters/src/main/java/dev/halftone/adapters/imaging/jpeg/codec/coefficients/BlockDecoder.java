package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitReader;

/// How one block of a scan is coded.
interface BlockDecoder {
    /// Begins a restart segment.
    void restart();

    /// Decodes one block into `plane` from offset `at`.
    void block(BitReader bits, ScanComponent component, short[] plane, int at);

    /// Ends a restart segment.
    default void finish(Scan scan) {}
}
