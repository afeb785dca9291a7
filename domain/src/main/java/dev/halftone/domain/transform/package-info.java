/// A transform as a URL says it: its parameters, their canonical form, presets and signatures.
package dev.halftone.domain.transform;
