/// The whole service, as in production, against addresses that try to reach what is not public.
package dev.halftone.app.hostile;
