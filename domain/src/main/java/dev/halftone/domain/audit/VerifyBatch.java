package dev.halftone.domain.audit;

import dev.halftone.domain.audit.BatchEntry.Counts;
import dev.halftone.domain.audit.BatchEntry.End;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Whether the rows of one batch fit together.
final class VerifyBatch {
    private final BatchEntry batch;
    private final boolean settled;
    private final Findings findings;

    VerifyBatch(BatchEntry batch, boolean settled, Findings findings) {
        this.batch = batch;
        this.settled = settled;
        this.findings = findings;
    }

    void run() {
        states();
        counts();
        copies();
        held();
        events();
    }

    private void states() {
        Counts counted = batch.counted();
        if (batch.finished() && counted.open() > 0) {
            add(Check.ITEM_STATE, "it has ended, yet " + counted.open() + " of its items have not");
        }
        if (!batch.finished() && counted.open() == 0) {
            add(Check.ITEM_STATE, "all of its items have ended, yet it has not");
        }
        if (settled && !batch.finished()) {
            add(Check.UNSETTLED, "it is " + batch.state() + ", " + counted.open() + " items are to be done");
        }
        if (batch.finished() && !batch.state().equals(endOf(counted))) {
            add(Check.ITEM_STATE, "its state is " + batch.state() + ", its items make it " + endOf(counted));
        }
    }

    private static String endOf(Counts counted) {
        if (counted.cancelled() > 0) {
            return "cancelled";
        }
        return counted.completed() > 0 ? "completed" : "failed";
    }

    private void counts() {
        batch.stored().difference(batch.counted()).ifPresent(difference -> add(Check.COUNTS, difference));
        Map<String, Long> stored = batch.storedFailures();
        Map<String, Long> counted = batch.countedFailures();
        TreeSet<String> codes = new TreeSet<>(stored.keySet());
        codes.addAll(counted.keySet());
        for (String code : codes) {
            if (!stored.getOrDefault(code, 0L).equals(counted.getOrDefault(code, 0L))) {
                add(
                        Check.COUNTS,
                        "failures of " + code + " say " + stored.getOrDefault(code, 0L) + ", counted are "
                                + counted.getOrDefault(code, 0L));
            }
        }
    }

    private void copies() {
        if (batch.copies().stray() > 0) {
            add(Check.COPIES, batch.copies().stray() + " repeats of an address have no item that answers for them");
        }
        if (batch.copies().wrong() > 0) {
            add(Check.COPIES, batch.copies().wrong() + " items do not count for as many places as they stand in");
        }
    }

    private void held() {
        if (batch.abandoned() > 0) {
            add(Check.LEASE, batch.abandoned() + " items or slices belong to a worker that is gone");
        }
        if (!batch.finished() && batch.slices() == 0) {
            add(Check.QUEUE, "it has not ended, and nothing of it is in the queue");
        }
        if (batch.failing() > 0) {
            add(Check.QUEUE, batch.failing() + " slices of it fail each time they are run; the log says why");
        }
        if (batch.unsent() > 0) {
            add(Check.QUEUE, batch.unsent() + " of its webhook deliveries wait and are in no queue");
        }
    }

    /// One for each run that has ended, told once where it is to be told.
    private void events() {
        int ended = batch.finished() ? batch.run() : batch.run() - 1;
        List<Integer> runs = batch.ends().stream().map(End::run).toList();
        for (int run = 1; run <= Math.max(ended, batch.run()); run++) {
            int expected = run <= ended ? 1 : 0;
            int found = java.util.Collections.frequency(runs, run);
            if (found != expected) {
                add(Check.EVENTS, "its run " + run + " has " + found + " events of its end, expected " + expected);
            }
        }
        for (End end : batch.ends()) {
            if (batch.webhook() && end.deliveries() != 1) {
                add(
                        Check.EVENTS,
                        "the end of run " + end.run() + " has " + end.deliveries() + " deliveries, expected 1");
            }
        }
        if (batch.finished()
                && !batch.ends().isEmpty()
                && !batch.ends().getLast().type().equals("batch." + batch.state())) {
            add(
                    Check.EVENTS,
                    "it is " + batch.state() + ", and told is "
                            + batch.ends().getLast().type());
        }
    }

    private void add(Check check, String what) {
        findings.add(check, "batch " + batch.id(), what);
    }
}
