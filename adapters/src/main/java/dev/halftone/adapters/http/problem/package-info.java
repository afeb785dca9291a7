/// What went wrong, as RFC 9457 problems: from the domain's words to a status, and from there to the client.
@NullMarked
package dev.halftone.adapters.http.problem;

import org.jspecify.annotations.NullMarked;
