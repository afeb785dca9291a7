package dev.halftone.adapters.imaging.jpeg.codec.parse;

import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.Segment;
import java.util.List;
import java.util.Optional;

/// What the components of a file mean. T.81 leaves that to applications; these are the rules of JFIF, of Adobe's
/// APP14 and, where neither is there, of libjpeg.
public enum ColourModel {
    GRAY,
    YCBCR,
    RGB,
    CMYK,
    YCCK,
    /// Two components: nobody has said.
    UNKNOWN;

    private static final List<Integer> RGB_IDS = List.of((int) 'R', (int) 'G', (int) 'B');

    public static ColourModel of(JpegStream file) {
        Optional<Integer> adobe = adobeTransform(file);
        return switch (file.frame().components().size()) {
            case 1 -> GRAY;
            case 3 -> threeComponents(file, adobe);
            case 4 -> adobe.orElse(0) == 0 ? CMYK : YCCK;
            default -> UNKNOWN;
        };
    }

    private static ColourModel threeComponents(JpegStream file, Optional<Integer> adobe) {
        if (hasJfif(file)) {
            return YCBCR;
        }
        List<Integer> ids =
                file.frame().components().stream().map(FrameComponent::id).toList();
        return adobe.map(transform -> transform == 0).orElse(ids.equals(RGB_IDS)) ? RGB : YCBCR;
    }

    /// Whether a component holds colour differences, to which the eye is less sensitive.
    ///
    /// @param index of the component in the frame
    public boolean isChroma(int index) {
        return (this == YCBCR || this == YCCK) && (index == 1 || index == 2);
    }

    private static boolean hasJfif(JpegStream file) {
        return file.segments().stream()
                .anyMatch(segment -> segment.marker() == Markers.APP0
                        && segment.length() >= 14
                        && segment.startsWith(file.bytes(), "JFIF\0"));
    }

    /// The transform byte of the last of Adobe's segments.
    private static Optional<Integer> adobeTransform(JpegStream file) {
        return file.segments().stream()
                .filter(segment -> segment.marker() == Markers.APP14
                        && segment.length() >= 12
                        && segment.startsWith(file.bytes(), "Adobe"))
                .reduce((first, second) -> second)
                .map(Segment::start)
                .map(start -> file.bytes()[start + 11] & 0xff);
    }
}
