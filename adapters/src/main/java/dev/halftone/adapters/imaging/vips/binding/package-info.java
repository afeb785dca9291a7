/// libvips through the foreign-function API: the one place that holds native memory. Images in, images out;
/// what is done with them is the business of the package above.
package dev.halftone.adapters.imaging.vips.binding;
