/// The engines against each other, and against what people looked at and found right: `looks.tsv`.
package dev.halftone.adapters.imaging.agreement;
