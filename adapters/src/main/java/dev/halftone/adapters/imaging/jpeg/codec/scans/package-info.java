/// The scans of a progressive file: which to make, and what they hold.
package dev.halftone.adapters.imaging.jpeg.codec.scans;
