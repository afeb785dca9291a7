/// Coverage-guided fuzzing of what reads text from outside: any bytes are answered or refused, and an answer
/// holds.
package dev.halftone.adapters.fuzz;
