/// Reading the text that a picture shows.
package dev.halftone.domain.text;
