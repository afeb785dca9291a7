/// Ids that leave the service.
package dev.halftone.domain.identity;
