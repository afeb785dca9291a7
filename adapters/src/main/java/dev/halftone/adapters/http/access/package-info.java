/// Who may come in: every route's class, the door that checks keys and sessions, and the log-in.
@NullMarked
package dev.halftone.adapters.http.access;

import org.jspecify.annotations.NullMarked;
