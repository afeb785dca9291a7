package dev.halftone.domain.audit;

import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Optional;
import java.util.OptionalLong;

/// An object that a row names.
///
/// @param where whose row, for people
/// @param row which of its rows, for the ledger
/// @param bytes its length; empty where the row does not say
/// @param hash of its bytes; empty where the row does not say
public record NamedObject(ObjectKey key, String where, long row, OptionalLong bytes, Optional<ContentHash> hash) {}
