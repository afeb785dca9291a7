package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.PlaneDecoder;
import dev.halftone.adapters.imaging.jpeg.codec.fold.ChromaFold;
import dev.halftone.adapters.imaging.jpeg.codec.fold.TokenFold;
import dev.halftone.adapters.imaging.jpeg.codec.parse.ColourModel;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.FusedTranscoder;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Rounding;
import dev.halftone.adapters.imaging.jpeg.codec.turn.TurnedPicture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Recompresses JPEG files in the DCT domain. Holds buffers that grow with the largest picture it met and are
/// reused: one instance for each engine thread. Not thread-safe.
public final class JpegTranscoder {
    private final FusedTranscoder fused = new FusedTranscoder();
    private final PlaneDecoder decoder = new PlaneDecoder();
    private final PictureCoder coder = new PictureCoder();
    private final ChromaFold fold = new ChromaFold();
    private final TokenFold tokenFold = new TokenFold();
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
    public Transcoded transcode(JpegStream source, Recompression asked) {
        ColourModel colours = ColourModel.of(source);
        Recompression wanted = keepsEveryStep(source, colours, asked) ? asked.withoutLoss() : asked;
        byte[] segments = HeaderSegments.of(source, colours, wanted.turn().transposes(), wanted.segments());
        if (canStream(source, wanted)) {
            return streamed(source, colours, segments, wanted);
        }
        Picture picture = decoded(source, colours, segments, wanted);
        TargetTables tables = TargetTables.of(picture, wanted.profile());
        return switch (wanted.goal()) {
            case Goal.Lossless() -> new Transcoded(coder.file(picture, tables.unchanged(), wanted), true, 100);
            case Goal.AtQuality(double quality) ->
                new Transcoded(coder.file(picture, tables.at(quality, Rounding.ECONOMICAL), wanted), true, quality);
            case Goal.AtMost(long bytes) -> new Targets(picture, tables, wanted, coder).atMost(bytes);
            case Goal.AsSimilarAs(double similarity) ->
                new Targets(picture, tables, wanted, coder).asSimilarAs(similarity);
        };
    }

    /// Bytes of the buffers that grow with the pixels of a picture; files of one scan need none of them as a
    /// rule, unless they fold.
    public long footprint() {
        return planes.footprint() + spare.footprint() + coder.footprint() + tokenFold.footprint();
    }

    /// Whether no step would become coarser, so that any change would lose for nothing.
    private static boolean keepsEveryStep(JpegStream source, ColourModel colours, Recompression asked) {
        return asked.goal() instanceof Goal.AtQuality(double quality)
                && !folds(source.frame(), colours, asked)
                && new TargetTables(source.frame(), source.tables(), colours, asked.profile()).keepAll(quality);
    }

    /// Whether no more than one look at each coefficient is needed.
    private static boolean canStream(JpegStream source, Recompression wanted) {
        boolean onePass = wanted.goal() instanceof Goal.AtQuality || wanted.goal() instanceof Goal.Lossless;
        return onePass
                && FusedTranscoder.canTake(source)
                && wanted.turn().equals(Recompression.NO_TURN)
                && !wanted.trellis();
    }

    private static boolean folds(Frame frame, ColourModel colours, Recompression wanted) {
        return wanted.profile() == Recompression.Profile.SMALLEST
                && colours == ColourModel.YCBCR
                && !(wanted.goal() instanceof Goal.Lossless)
                && ChromaFold.applies(frame);
    }

    private Transcoded streamed(JpegStream source, ColourModel colours, byte[] segments, Recompression wanted) {
        boolean folds = folds(source.frame(), colours, wanted);
        ChromaFold.Folded made = folds
                ? ChromaFold.folded(source.frame(), source.tables())
                : new ChromaFold.Folded(source.frame(), source.tables());
        Picture picture = new Picture(made.frame(), made.tables(), colours, planes, segments);
        TargetTables tables = TargetTables.of(picture, wanted.profile());
        double quality = wanted.goal() instanceof Goal.AtQuality(double given) ? given : 100;
        List<Requantiser> requantisers =
                wanted.goal() instanceof Goal.Lossless ? tables.unchanged() : tables.at(quality, Rounding.ECONOMICAL);
        if (folds) {
            tokenFold.tokenize(source, fused, requantisers, wanted.pause(), coder.tokens());
        } else {
            fused.tokenize(source, requantisers, coder.tokens());
        }
        return new Transcoded(coder.written(picture, requantisers, wanted.progressive()), true, quality);
    }

    private Picture decoded(JpegStream source, ColourModel colours, byte[] segments, Recompression wanted) {
        Frame frame = source.frame();
        List<QuantTable> tables = source.tables();
        if (wanted.turn().equals(Recompression.NO_TURN)) {
            decoder.decodeSparse(source, planes, wanted.pause(), worth(source, colours, wanted));
        } else {
            decoder.decode(source, planes, wanted.pause());
            TurnedPicture turned = TurnedPicture.of(wanted.turn(), frame, tables, planes, spare);
            Coefficients before = planes;
            planes = spare;
            spare = before;
            frame = turned.frame();
            tables = turned.tables();
        }
        if (folds(frame, colours, wanted)) {
            ChromaFold.Folded folded = fold.fold(frame, tables, planes, least(wanted));
            frame = folded.frame();
            tables = folded.tables();
        }
        return new Picture(frame, tables, colours, planes, segments);
    }

    /// With one quality to make, what cannot survive it need not be read; folding needs all of the chroma.
    private static long[] worth(JpegStream source, ColourModel colours, Recompression wanted) {
        if (!(wanted.goal() instanceof Goal.AtQuality(double quality))) {
            return PlaneDecoder.ALL;
        }
        boolean folds = folds(source.frame(), colours, wanted);
        List<Requantiser> requantisers = new TargetTables(source.frame(), source.tables(), colours, wanted.profile())
                .at(quality, Rounding.ECONOMICAL);
        return IntStream.range(0, requantisers.size())
                .mapToLong(index ->
                        folds && index > 0 ? -1L : requantisers.get(index).worth())
                .toArray();
    }

    /// Half a chroma step of the one quality to make, or what rounds to zero at steps of 1.
    private static float[] least(Recompression wanted) {
        float[] least = new float[64];
        Arrays.fill(least, 0.5f);
        if (wanted.goal() instanceof Goal.AtQuality(double quality)) {
            QuantTable chroma = QuantTable.chrominance(quality);
            for (int k = 0; k < 64; k++) {
                least[k] = chroma.step(k) / 2f;
            }
        }
        return least;
    }
}
