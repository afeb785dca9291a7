/// What is laid on a picture: text and other pictures.
package dev.halftone.adapters.imaging.steps.mark;
