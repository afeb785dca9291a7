/// From coefficients to samples at 1/1, 1/2, 1/4 or 1/8 of the size, band by band (T.81 Annexes A.3 and F.2),
/// with the inverse transforms, upsampling and colour conversion of libjpeg-turbo, bit for bit.
package dev.halftone.adapters.imaging.jpeg.codec.scaled;
