/// Further outputs of every image of a batch, such as a thumbnail, each in a column of its own.
package dev.halftone.domain.rendition;
