/// Tells webhooks: signed as Standard Webhooks 1.0 says, over the guarded client.
@NullMarked
package dev.halftone.adapters.outbound.webhook;

import org.jspecify.annotations.NullMarked;
