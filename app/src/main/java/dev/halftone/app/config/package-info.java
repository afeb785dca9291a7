/// What an operator set, where it was set, and the checked form that the wiring takes.
package dev.halftone.app.config;
