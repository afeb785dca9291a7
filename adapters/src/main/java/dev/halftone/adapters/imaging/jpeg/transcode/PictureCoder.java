package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.BitWorth;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.CodeLengths;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.PlaneRequantiser;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.PlaneTokenizer;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Trellis;
import dev.halftone.adapters.imaging.jpeg.codec.scans.ScanScriptSearch;
import dev.halftone.adapters.imaging.jpeg.codec.write.FileWriter;
import dev.halftone.adapters.imaging.jpeg.codec.write.SmallestWriter;
import java.util.List;

/// From a picture's coefficients to a file: requantises, chooses, codes. Buffers are reused; not thread-safe.
final class PictureCoder {
    private final Tokens tokens = new Tokens();
    private final BitWriter out = new BitWriter();
    private final FileWriter writer = new FileWriter(out);
    private final SmallestWriter progressive = new SmallestWriter(out, ScanScriptSearch.quick());
    private final Coefficients chosen = new Coefficients();

    Tokens tokens() {
        return tokens;
    }

    /// Bytes of coefficients held.
    long footprint() {
        return chosen.footprint();
    }

    byte[] file(Picture picture, List<Requantiser> requantisers, Recompression wanted) {
        if (wanted.trellis()) {
            return file(
                    picture,
                    requantisers,
                    wanted,
                    BitWorth.everywhere(wanted.profile().lambda()));
        }
        wanted.pause().run();
        PlaneTokenizer.tokenize(picture.frame(), picture.planes(), requantisers, 0, tokens);
        return written(picture, requantisers, wanted.progressive());
    }

    /// By a trellis, whether it is wanted or not.
    byte[] file(Picture picture, List<Requantiser> requantisers, Recompression wanted, BitWorth worth) {
        wanted.pause().run();
        chooseByTrellis(picture, requantisers, worth);
        PlaneTokenizer.tokenize(picture.frame(), chosen, settled(requantisers), 0, tokens);
        return written(picture, requantisers, wanted.progressive());
    }

    /// The coefficients that [#file] would write; valid until the next call.
    Coefficients choose(Picture picture, List<Requantiser> requantisers, Recompression wanted) {
        wanted.pause().run();
        if (wanted.trellis()) {
            chooseByTrellis(
                    picture, requantisers, BitWorth.everywhere(wanted.profile().lambda()));
        } else {
            PlaneRequantiser.requantise(picture.frame(), picture.planes(), requantisers, chosen);
        }
        return chosen;
    }

    private void chooseByTrellis(Picture picture, List<Requantiser> requantisers, BitWorth worth) {
        PlaneTokenizer.tokenize(picture.frame(), picture.planes(), requantisers, 0, tokens);
        new Trellis(worth).requantise(picture.frame(), picture.planes(), requantisers, CodeLengths.of(tokens), chosen);
    }

    /// Writes what [#tokens] holds.
    ///
    /// @param several whether scans may be several, where that is smaller
    byte[] written(Picture picture, List<Requantiser> requantisers, boolean several) {
        List<QuantTable> tables = requantisers.stream().map(Requantiser::result).toList();
        return several
                ? progressive.write(picture.segments(), picture.frame(), tables, tokens)
                : writer.write(picture.segments(), picture.frame(), tables, tokens);
    }

    /// Bytes of entropy-coded data, from every `stride`-th row of MCUs.
    double estimate(Picture picture, List<Requantiser> requantisers, int stride) {
        PlaneTokenizer.sample(picture.frame(), picture.planes(), requantisers, stride, tokens);
        return tokens.optimalBits() / 8.0 * stride;
    }

    private static List<Requantiser> settled(List<Requantiser> requantisers) {
        return requantisers.stream()
                .map(one -> Requantiser.identity(one.result(), one.huffman() == 0))
                .toList();
    }
}
