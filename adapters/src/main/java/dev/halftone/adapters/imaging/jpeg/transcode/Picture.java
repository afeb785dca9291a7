package dev.halftone.adapters.imaging.jpeg.transcode;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.parse.ColourModel;
import java.util.List;

/// A decoded picture, turned and folded as it will be written.
///
/// @param tables quantisation table of each component
/// @param planes its coefficients; AC values outside the masks are not to be read
/// @param segments to write after SOI
@SuppressWarnings("ArrayRecordComponent")
record Picture(Frame frame, List<QuantTable> tables, ColourModel colours, Coefficients planes, byte[] segments) {}
