package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.OptimalHuffman;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;

/// What AC symbols cost: the lengths of their codes in tables made for a first choice of coefficients. Immutable.
@SuppressWarnings("ArrayRecordComponent")
public record CodeLengths(int[] luma, int[] chroma) {
    /// A symbol that did not occur would get a long code if it did.
    private static final int UNSEEN = 14;

    /// @param tokens of the first choice
    public static CodeLengths of(Tokens tokens) {
        return new CodeLengths(lengths(tokens.counts(Tokens.AC_LUMA)), lengths(tokens.counts(Tokens.AC_CHROMA)));
    }

    private static int[] lengths(int[] counts) {
        HuffmanTable table = OptimalHuffman.table(counts);
        int[] lengths = table.codes();
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            lengths[symbol] = lengths[symbol] == 0 ? UNSEEN : lengths[symbol] & 0xff;
        }
        return lengths;
    }

    int[] of(Requantiser requantiser) {
        return requantiser.huffman() == 0 ? luma : chroma;
    }
}
