/// The HTML pages: one record for each template, all of whose texts are ready to be shown.
@NullMarked
package dev.halftone.adapters.http.page;

import org.jspecify.annotations.NullMarked;
