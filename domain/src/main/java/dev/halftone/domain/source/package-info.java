/// Where an image's bytes come from.
package dev.halftone.domain.source;
