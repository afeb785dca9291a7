/// Clients as connections: how many there may be, how slow they may be, and what address they have.
@NullMarked
package dev.halftone.adapters.http.connection;

import org.jspecify.annotations.NullMarked;
