/// Where objects are kept.
package dev.halftone.domain.storage;
