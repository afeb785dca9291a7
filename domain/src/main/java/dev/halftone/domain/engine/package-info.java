/// What turns source bytes into output bytes.
package dev.halftone.domain.engine;
