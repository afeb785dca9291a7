/// The shared corpus of pictures, and what each engine makes of every file in it.
package dev.halftone.adapters.imaging.corpus;
