/// How a node works: a virtual thread for each item, few threads for pixels, results written in bulk.
@NullMarked
package dev.halftone.adapters.work;

import org.jspecify.annotations.NullMarked;
