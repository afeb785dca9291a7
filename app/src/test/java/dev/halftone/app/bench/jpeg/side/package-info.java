/// The compared programs, each behind the same two questions: what does it make of a photo, and in how much CPU
/// time.
package dev.halftone.app.bench.jpeg.side;
