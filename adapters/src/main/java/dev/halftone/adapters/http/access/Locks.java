package dev.halftone.adapters.http.access;

import dev.halftone.domain.access.CheckKey;
import dev.halftone.domain.access.KeyLimits;
import dev.halftone.domain.access.SessionStore;
import java.security.SecureRandom;
import java.time.InstantSource;

/// What the door stands on where it asks for keys.
///
/// @param defaults limits of keys that have none of their own
/// @param https whether browsers reach the service by https alone, as its public address says
/// @param random makes sessions
public record Locks(
        CheckKey check,
        SessionStore sessions,
        KeyLimits defaults,
        boolean https,
        SecureRandom random,
        InstantSource clock) {}
