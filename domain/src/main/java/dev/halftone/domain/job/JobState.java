package dev.halftone.domain.job;

import java.util.Locale;

/// Where a job stands. The last two are final.
public enum JobState {
    PENDING,
    PROCESSING,
    DONE,
    FAILED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFinal() {
        return this == DONE || this == FAILED;
    }
}
