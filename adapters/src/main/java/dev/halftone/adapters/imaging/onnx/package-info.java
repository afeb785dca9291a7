/// Tells backgrounds with a model of the operator's own, an ONNX file, run by ONNX Runtime inside of this
/// process.
@NullMarked
package dev.halftone.adapters.imaging.onnx;

import org.jspecify.annotations.NullMarked;
