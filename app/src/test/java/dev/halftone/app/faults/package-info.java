/// The service killed at named points and at random ones; run by `./halftone test faults`.
package dev.halftone.app.faults;
