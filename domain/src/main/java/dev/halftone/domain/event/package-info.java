/// What happened, and telling a webhook of it.
package dev.halftone.domain.event;
