/// The words of ITU T.81 as types: markers, frames, scans, tables, and the refusal of a file. The codec below
/// this package needs nothing but `java.base`.
package dev.halftone.adapters.imaging.jpeg.codec;
