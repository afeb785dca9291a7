/// Coverage-guided fuzzing of the codec: any bytes are answered or refused, and an answer holds what it took.
package dev.halftone.adapters.imaging.jpeg.fuzz;
