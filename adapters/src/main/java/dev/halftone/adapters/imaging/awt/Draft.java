package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.search.QualityLadder;
import java.io.IOException;

/// An upright picture made ready for one format: profile, alpha and metadata are settled, so that each encoding
/// only encodes.
interface Draft {

    /// The samples that are encoded.
    Picture picture();

    /// @param quality 1 to 100 on the format's own scale
    byte[] at(int quality) throws IOException;

    /// The qualities among which a target is searched for.
    QualityLadder ladder();

    /// The best that the format can do.
    Finest finest() throws IOException;

    /// Whether [#finest] is worth a look before any quality is tried: often the smallest, or needed in any
    /// case.
    default boolean finestFirst() {
        return false;
    }

    /// The picture as a viewer of the encoded one sees it.
    Picture decoded(byte[] encoded) throws IOException;

    /// @param exact whether no pixel that can be seen differs
    @SuppressWarnings("ArrayRecordComponent")
    record Finest(byte[] bytes, boolean exact) {}
}
