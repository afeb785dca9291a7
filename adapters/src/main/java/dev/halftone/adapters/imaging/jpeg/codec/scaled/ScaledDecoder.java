package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import java.util.List;

/// Decodes a file into samples at a scale. Sequential files need memory for one to three bands of MCU rows
/// beside the picture that comes out, progressive ones for their coefficients. Stateless.
public final class ScaledDecoder {
    private ScaledDecoder() {}

    /// @param colours what the components are
    /// @param eachBand runs before each row of MCUs and before each scan of a progressive file, and may throw
    ///     to stop
    /// @throws RefusedException when the file is damaged or of a process that is not implemented
    public static ScaledImage decode(JpegStream file, Scale scale, Colours colours, Runnable eachBand) {
        Frame frame = file.frame();
        if (frame.components().size() != colours.components()) {
            throw RefusedException.unsupported(
                    Markers.SOF0,
                    0,
                    colours.components() + " components for " + colours,
                    frame.components().size());
        }
        int width = scale.of(frame.width());
        List<ComponentRows> components = frame.components().stream()
                .map(component -> new ComponentRows(frame, component, scale))
                .toList();
        List<Upsampling> upsamplings = components.stream()
                .map(rows -> new Upsampling(rows, scale, width))
                .toList();
        boolean neighbours = upsamplings.stream().anyMatch(Upsampling::needsNeighbours);
        components.forEach(rows -> rows.hold(neighbours ? 3 : 1));
        BandSource source = frame.progressive()
                ? new ProgressiveBands(file, components, eachBand)
                : new SequentialBands(file, components);
        PictureRows picture = PictureRows.of(colours, width, scale.of(frame.height()));
        int high = frame.maxVertical() * scale.samples();
        int late = neighbours ? 1 : 0;
        // Rows that blend with those below are written one band later.
        for (int band = 0; band < frame.mcusHigh() + late; band++) {
            if (band < frame.mcusHigh()) {
                eachBand.run();
                for (ComponentRows rows : components) {
                    rows.startBand(band);
                }
                source.band(band);
            }
            if (band >= late) {
                picture.write(upsamplings, (band - late) * high, (band - late + 1) * high);
            }
        }
        source.finish();
        return picture.image();
    }
}
