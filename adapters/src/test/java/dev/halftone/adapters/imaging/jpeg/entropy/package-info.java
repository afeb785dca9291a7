/// Properties of the codec's entropy coding, over seeded random cases.
package dev.halftone.adapters.imaging.jpeg.entropy;
