/// The receivers of webhooks: how they fare, their secrets, and their turns.
package dev.halftone.domain.event.endpoint;
