/// Hostile clients of the whole service: what every route answers them, and what a browser makes of it.
package dev.halftone.app.client;
