/// Images that are made to do harm: bombs, loops, lies, damage, and what hides behind a picture.
package dev.halftone.adapters.imaging.hostile;
