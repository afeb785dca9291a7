/// Objects by whose they are, and how those that nobody names are swept away.
package dev.halftone.domain.stock;
