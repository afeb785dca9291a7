/// A submitted CSV and what the outside may ask of it.
package dev.halftone.domain.batch;
