/// Addresses on a network as numbers: nothing here looks a name up or opens a connection.
package dev.halftone.domain.network;
