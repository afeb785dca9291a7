/// The log of webhooks, their endpoints, and sending again.
@NullMarked
package dev.halftone.adapters.http.webhook;

import org.jspecify.annotations.NullMarked;
