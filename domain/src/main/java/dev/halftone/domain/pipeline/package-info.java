/// What is to be done to an image.
package dev.halftone.domain.pipeline;
