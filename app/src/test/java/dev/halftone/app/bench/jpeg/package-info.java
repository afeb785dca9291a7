/// `./halftone bench jpeg`: speed, bytes and similarity of JPEG recompression, class by class, beside its
/// peers.
package dev.halftone.app.bench.jpeg;
