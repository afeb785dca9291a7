/// The service as browsers and programs reach it: routes of Javalin over the use cases of the domain.
@NullMarked
package dev.halftone.adapters.http;

import org.jspecify.annotations.NullMarked;
