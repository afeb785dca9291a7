/// Tests in processes of their own.
package dev.halftone.domain.process;
