/// Runs the operations of a pipeline over a decoded picture, one after the other. The steps themselves are in the
/// packages below: what changes the shape, the tones, and what is laid on the picture.
package dev.halftone.adapters.imaging.steps;
