/// Pipelines that are run later: heavy ones, and those whose caller does not want to wait.
package dev.halftone.domain.job;
