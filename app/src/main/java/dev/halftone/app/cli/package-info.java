/// The commands of the command line.
package dev.halftone.app.cli;
