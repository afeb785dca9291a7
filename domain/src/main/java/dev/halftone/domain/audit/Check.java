package dev.halftone.domain.audit;

import java.util.Locale;

/// What is looked at, and what to do where it does not hold.
public enum Check {
    ITEM_STATE(
            "Every item has one state, and the batch has ended exactly when all of its items have.",
            "Report it with the batch's id: no wish over the API leads here."),
    COUNTS(
            "The counters of a batch are the counts of its items.",
            "Report it with the batch's id; the items, not the counters, say what was done."),
    COPIES(
            "An address that repeats within a batch is answered by one item, which counts for all of them.",
            "Report it with the batch's id."),
    OBJECT_MISSING(
            "Every object that a row names is there.",
            "Restore it from a backup of the object store, or submit the images again; look for who else deletes there."),
    OBJECT_CHANGED(
            "Every object has the length and the SHA-256 of its row.",
            "Restore it from a backup of the object store, or submit the images again; look for who else writes there."),
    OBJECT_UNREADABLE(
            "Every object can be read.", "Look at the disk, and at the rights of the user that the service runs as."),
    OBJECT_WITHOUT_ROW(
            "Every object is named by a row.",
            "None: the daily sweep deletes it once it is older than HALFTONE_SWEEP_AFTER."),
    EVENTS(
            "Every end of a batch, and of a job, is one event, told to the webhook that was asked for.",
            "Report it with the id of the batch or the job."),
    OUTPUT_CSV(
            "In every row of the output CSV, output i answers input i.",
            "Report it with the batch's id and its upload."),
    LEASE(
            "Nothing is held by a worker that is gone.",
            "Start a node (./halftone serve or ./halftone worker): it takes over within a minute."),
    QUEUE(
            "What is not done waits in the queue.",
            "Start a node: it puts back within a minute what has vanished from the queue."),
    JOB(
            "Every job that is done has its result.",
            "Run the pipeline over the image again; report it with the job's id."),
    DELETION("What is deleted goes.", "Start a node: it goes on with deletions that were interrupted."),
    UNSETTLED("Everything has ended (asked for by --settled).", "Wait for it, or leave --settled out.");

    private final String rule;
    private final String advice;

    Check(String rule, String advice) {
        this.rule = rule;
        this.advice = advice;
    }

    /// Its stable name in reports.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What has to hold, in one sentence.
    public String rule() {
        return rule;
    }

    /// What to do where it does not.
    public String advice() {
        return advice;
    }
}
