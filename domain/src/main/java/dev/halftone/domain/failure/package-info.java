/// Why something failed, as values.
package dev.halftone.domain.failure;
