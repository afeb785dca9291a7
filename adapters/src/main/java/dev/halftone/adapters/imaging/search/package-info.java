/// Finds the step of a quality scale that meets a target; the encoder is run as seldom as that allows.
package dev.halftone.adapters.imaging.search;
