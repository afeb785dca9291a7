package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.PlaneDecoder;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import dev.halftone.adapters.imaging.jpeg.codec.parse.ColourModel;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.FusedTranscoder;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.PlaneTokenizer;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Rounding;
import dev.halftone.adapters.imaging.jpeg.codec.write.FileWriter;
import java.util.ArrayList;
import java.util.List;

/// Recompresses JPEG files in the DCT domain. Holds buffers that grow with the largest picture it met and are
/// reused: one instance for each engine thread. Not thread-safe.
public final class JpegTranscoder {
    private final FusedTranscoder fused = new FusedTranscoder();
    private final PlaneDecoder decoder = new PlaneDecoder();
    private final Coefficients planes = new Coefficients();
    private final Tokens tokens = new Tokens();
    private final FileWriter writer = new FileWriter(new BitWriter());

    /// Codes the same coefficients again with tables made for them: every decoder gives the same pixels.
    ///
    /// @throws RefusedException when the file is damaged or of a process that is not implemented
    public byte[] lossless(byte[] file, long maxPixels) {
        JpegStream source = StructureReader.read(file, maxPixels);
        return transcode(source, identities(source));
    }

    /// Requantises to the tables of the Independent JPEG Group at a quality of 1 to 100.
    ///
    /// @throws RefusedException as for [#lossless]
    public byte[] requantise(byte[] file, double quality, long maxPixels) {
        JpegStream source = StructureReader.read(file, maxPixels);
        ColourModel colours = ColourModel.of(source);
        List<Requantiser> requantisers = new ArrayList<>();
        for (FrameComponent component : source.frame().components()) {
            boolean chroma = colours.isChroma(component.index());
            QuantTable target = chroma ? QuantTable.chrominance(quality) : QuantTable.luminance(quality);
            requantisers.add(Requantiser.to(
                    source.tables().get(component.index()), target, Rounding.ECONOMICAL, component.index() == 0));
        }
        return transcode(source, requantisers);
    }

    private static List<Requantiser> identities(JpegStream source) {
        return source.frame().components().stream()
                .map(component -> Requantiser.identity(source.tables().get(component.index()), component.index() == 0))
                .toList();
    }

    private byte[] transcode(JpegStream source, List<Requantiser> requantisers) {
        if (FusedTranscoder.canTake(source)) {
            fused.tokenize(source, requantisers, tokens);
        } else {
            decoder.decodeSparse(source, planes);
            PlaneTokenizer.tokenize(source.frame(), planes, requantisers, 0, tokens);
        }
        List<QuantTable> tables = requantisers.stream().map(Requantiser::result).toList();
        return writer.write(source.segmentBytes(), source.frame(), tables, tokens);
    }
}
