/// SVG as it may be drawn: without scripts, without anything that reaches out of the file.
package dev.halftone.adapters.imaging.svg;
