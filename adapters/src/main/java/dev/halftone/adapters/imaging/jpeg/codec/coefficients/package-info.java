/// A picture as its quantised coefficients, and how scans are decoded into them (T.81 Annexes F and G).
package dev.halftone.adapters.imaging.jpeg.codec.coefficients;
