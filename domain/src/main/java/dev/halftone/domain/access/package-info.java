/// Who asks, with which key, whose data that shows, and how much it may ask for.
package dev.halftone.domain.access;
