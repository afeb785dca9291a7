/// Entropy-coded data: bits, Huffman codes, and the tokens between choosing coefficients and writing them.
package dev.halftone.adapters.imaging.jpeg.codec.entropy;
