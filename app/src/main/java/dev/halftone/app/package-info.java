/// The program: where every part is made and joined.
package dev.halftone.app;
