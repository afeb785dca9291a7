/// Images as bytes, and what is known of them before any pixel is decoded.
package dev.halftone.domain.image;
