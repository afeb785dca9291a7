/// Operations that change a picture's shape: resize, crops, trim, turns, pad.
package dev.halftone.adapters.imaging.steps.shape;
