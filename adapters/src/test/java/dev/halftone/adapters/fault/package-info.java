/// Networks that misbehave, for tests.
package dev.halftone.adapters.fault;
