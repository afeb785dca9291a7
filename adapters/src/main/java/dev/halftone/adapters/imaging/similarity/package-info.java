/// How alike two pictures of one size look: SSIM, MS-SSIM and SSIMULACRA 2, on plain arrays. Needs nothing but
/// `java.base`.
package dev.halftone.adapters.imaging.similarity;
