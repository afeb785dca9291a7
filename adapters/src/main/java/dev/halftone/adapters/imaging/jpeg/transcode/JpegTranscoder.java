package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
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
import dev.halftone.adapters.imaging.jpeg.codec.turn.TurnedPicture;
import dev.halftone.adapters.imaging.jpeg.codec.write.FileWriter;
import java.util.List;

/// Recompresses JPEG files in the DCT domain. Holds buffers that grow with the largest picture it met and are
/// reused: one instance for each engine thread. Not thread-safe.
public final class JpegTranscoder {
    private final FusedTranscoder fused = new FusedTranscoder();
    private final PlaneDecoder decoder = new PlaneDecoder();
    private final Tokens tokens = new Tokens();
    private final FileWriter writer = new FileWriter(new BitWriter());
    private Coefficients planes = new Coefficients();
    private Coefficients spare = new Coefficients();

    /// Reads the structure of a file; nothing is decoded yet.
    ///
    /// @param maxPixels most that the frame may have
    /// @throws RefusedException when the file is damaged or of a process that is not implemented
    public static JpegStream read(byte[] file, long maxPixels) {
        return StructureReader.read(file, maxPixels);
    }

    /// @throws RefusedException when the file's data are damaged
    public Transcoded transcode(JpegStream source, Recompression wanted) {
        ColourModel colours = ColourModel.of(source);
        byte[] segments = HeaderSegments.of(source, colours, wanted.segments());
        if (wanted.turn().equals(Recompression.NO_TURN)
                && FusedTranscoder.canTake(source)
                && (wanted.goal() instanceof Goal.AtQuality || wanted.goal() instanceof Goal.Lossless)) {
            TargetTables tables = new TargetTables(source.frame(), source.tables(), colours, wanted.profile());
            return switch (wanted.goal()) {
                case Goal.AtQuality(double quality) ->
                    inOnePass(source, segments, tables.at(quality, Rounding.ECONOMICAL), quality);
                default -> inOnePass(source, segments, tables.unchanged(), 100);
            };
        }
        Picture picture = decoded(source, wanted);
        TargetTables tables = new TargetTables(picture.frame, picture.tables, colours, wanted.profile());
        return switch (wanted.goal()) {
            case Goal.Lossless() -> written(picture, segments, tables.unchanged(), 100);
            case Goal.AtQuality(double quality) ->
                written(picture, segments, tables.at(quality, Rounding.ECONOMICAL), quality);
            case Goal.AtMost atMost -> throw new UnsupportedOperationException();
            case Goal.AsSimilarAs similar -> throw new UnsupportedOperationException();
        };
    }

    /// A decoded picture, its coefficients in `planes`.
    private record Picture(Frame frame, List<QuantTable> tables) {}

    private Picture decoded(JpegStream source, Recompression wanted) {
        if (wanted.turn().equals(Recompression.NO_TURN)) {
            decoder.decodeSparse(source, planes);
            return new Picture(source.frame(), source.tables());
        }
        decoder.decode(source, planes);
        TurnedPicture turned = TurnedPicture.of(wanted.turn(), source.frame(), source.tables(), planes, spare);
        Coefficients before = planes;
        planes = spare;
        spare = before;
        return new Picture(turned.frame(), turned.tables());
    }

    private Transcoded inOnePass(JpegStream source, byte[] segments, List<Requantiser> requantisers, double quality) {
        fused.tokenize(source, requantisers, tokens);
        return new Transcoded(file(segments, source.frame(), requantisers), true, quality);
    }

    private Transcoded written(Picture picture, byte[] segments, List<Requantiser> requantisers, double quality) {
        PlaneTokenizer.tokenize(picture.frame, planes, requantisers, 0, tokens);
        return new Transcoded(file(segments, picture.frame, requantisers), true, quality);
    }

    private byte[] file(byte[] segments, Frame frame, List<Requantiser> requantisers) {
        return writer.write(
                segments,
                frame,
                requantisers.stream().map(Requantiser::result).toList(),
                requantisers.stream().map(Requantiser::huffman).toList(),
                tokens);
    }
}
