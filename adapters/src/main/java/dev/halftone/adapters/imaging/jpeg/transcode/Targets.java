package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.parse.ColourModel;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.BitWorth;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Rounding;
import dev.halftone.adapters.imaging.similarity.StripSsim;
import java.util.List;
import java.util.Optional;

/// Recompression of one decoded picture to a size or a similarity.
///
/// @param coder whose buffers it uses
record Targets(Picture picture, TargetTables tables, Recompression wanted, PictureCoder coder) {
    /// A sample of a picture's rows has at least this many blocks of luma.
    private static final int SAMPLED_BLOCKS = 8000;

    private static final int LARGEST_STRIDE = 8;

    /// The source's own coefficients are the best there is, where they fit.
    Transcoded atMost(long bytes) {
        byte[] lossless = coder.file(picture, tables.unchanged(), wanted);
        if (lossless.length <= bytes) {
            return new Transcoded(lossless, true, 100);
        }
        return SizeSearch.search(
                new SizeSearch.Trial() {
                    @Override
                    public double estimate(double quality) {
                        return coder.estimate(picture, tables.at(quality, Rounding.ECONOMICAL), stride());
                    }

                    @Override
                    public byte[] file(double quality, Rounding rounding) {
                        return coder.file(picture, tables.at(quality, rounding), wanted);
                    }

                    @Override
                    public boolean rounds() {
                        return !wanted.trellis();
                    }

                    @Override
                    public byte[] file(double quality, BitWorth worth) {
                        return coder.file(picture, tables.at(quality, Rounding.ECONOMICAL), wanted, worth);
                    }
                },
                bytes);
    }

    /// Where no quality is similar enough, the source's own coefficients are.
    Transcoded asSimilarAs(double similarity) {
        FrameComponent luma = luma();
        QuantTable table = picture.tables().get(luma.index());
        LumaSamples before = LumaSamples.of(picture.frame(), luma, table, picture.planes());
        Optional<Double> quality = SimilaritySearch.search(
                new SimilaritySearch.Trial() {
                    @Override
                    public double estimate(double quality) {
                        Requantiser requantiser =
                                tables.at(quality, Rounding.ECONOMICAL).get(luma.index());
                        return BlockSimilarity.estimate(luma, table, picture.planes(), requantiser, stride());
                    }

                    @Override
                    public double measure(double quality) {
                        List<Requantiser> requantisers = tables.at(quality, Rounding.ECONOMICAL);
                        QuantTable result = requantisers.get(luma.index()).result();
                        LumaSamples after = LumaSamples.of(
                                picture.frame(), luma, result, coder.choose(picture, requantisers, wanted));
                        return StripSsim.of(before.width(), before.height(), before.samples(), after.samples());
                    }
                },
                similarity);
        return quality.map(found ->
                        new Transcoded(coder.file(picture, tables.at(found, Rounding.ECONOMICAL), wanted), true, found))
                .orElseGet(() -> new Transcoded(coder.file(picture, tables.unchanged(), wanted), true, 100));
    }

    private FrameComponent luma() {
        return picture.frame().components().get(picture.colours() == ColourModel.RGB ? 1 : 0);
    }

    private int stride() {
        FrameComponent luma = luma();
        return Math.clamp((long) luma.blocksWide() * luma.blocksHigh() / SAMPLED_BLOCKS, 1, LARGEST_STRIDE);
    }
}
