package dev.halftone.adapters.http.variant;

import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.domain.image.ImageFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Chooses the output's format by `Accept` (RFC 9110, section 12): AVIF before WebP before the source's own where a
/// client wants them alike.
final class Negotiation {
    private static final List<ImageFormat> SMALLEST_FIRST = List.of(ImageFormat.AVIF, ImageFormat.WEBP);

    private Negotiation() {}

    /// @param source JPEG stands in where it is not known
    /// @param written formats that some engine writes
    /// @return empty for the source's own
    static Optional<ImageFormat> choose(AcceptHeader accept, ImageFormat source, Set<ImageFormat> written) {
        Optional<ImageFormat> chosen = Optional.empty();
        double wanted = accept.quality(source.mediaType());
        for (ImageFormat format : SMALLEST_FIRST) {
            double quality = accept.named(format.mediaType());
            boolean better = chosen.isEmpty() ? quality >= wanted : quality > wanted;
            if (written.contains(format) && quality > 0 && better) {
                chosen = Optional.of(format);
                wanted = quality;
            }
        }
        return chosen.filter(format -> format != source);
    }
}
