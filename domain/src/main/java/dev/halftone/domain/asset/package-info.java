/// Single images that users upload: the sources of pipelines and of URL transforms.
package dev.halftone.domain.asset;
