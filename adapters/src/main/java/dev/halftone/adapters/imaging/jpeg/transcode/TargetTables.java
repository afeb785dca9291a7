package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.parse.ColourModel;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Rounding;
import java.util.List;
import java.util.stream.IntStream;

/// How each component of one picture is requantised at a given quality.
///
/// @param sources table of each component
record TargetTables(Frame frame, List<QuantTable> sources, ColourModel colours, Recompression.Profile profile) {

    static TargetTables of(Picture picture, Recompression.Profile profile) {
        return new TargetTables(picture.frame(), picture.tables(), picture.colours(), profile);
    }

    /// Changes nothing.
    List<Requantiser> unchanged() {
        return frame.components().stream()
                .map(component ->
                        Requantiser.identity(sources.get(component.index()), !colours.isChroma(component.index())))
                .toList();
    }

    List<Requantiser> at(double quality, Rounding rounding) {
        return frame.components().stream()
                .map(component -> {
                    boolean chroma = colours.isChroma(component.index());
                    return Requantiser.to(sources.get(component.index()), table(chroma, quality), rounding, !chroma);
                })
                .toList();
    }

    /// Whether every step of the source is at least that of this quality.
    boolean keepAll(double quality) {
        return frame.components().stream().allMatch(component -> {
            QuantTable source = sources.get(component.index());
            QuantTable target = table(colours.isChroma(component.index()), quality);
            return IntStream.range(0, 64).allMatch(k -> source.step(k) >= target.step(k));
        });
    }

    private QuantTable table(boolean chroma, double quality) {
        if (chroma) {
            return QuantTable.chrominance(quality);
        }
        return switch (profile) {
            case STANDARD -> QuantTable.luminance(quality);
            case SMALLEST -> QuantTable.economicalLuminance(quality);
        };
    }
}
