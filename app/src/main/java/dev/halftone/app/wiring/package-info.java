/// Makes every part of Halftone and joins them.
package dev.halftone.app.wiring;
