package dev.halftone.app.faults;

import dev.halftone.app.faults.SqlLink.Moment;
import java.util.List;
import java.util.regex.Pattern;

/// Where the service is killed, by name: at what it says to its database, at what hosts hear from it, at what
/// it asks of the file system.
enum CrashPoint {
    SUBMIT_BEFORE_ROWS(sql("copy manifest_row", 1, Moment.BEFORE_THE_STATEMENT)),
    SUBMIT_BETWEEN_ROWS_AND_WINDOW(sql("insert into slice_queue", 1, Moment.BEFORE_THE_STATEMENT)),
    SUBMIT_BEFORE_COMMIT(sql("insert into slice_queue", 1, Moment.BEFORE_ITS_COMMIT)),
    SUBMIT_COMMITTED_UNANSWERED(sql("insert into slice_queue", 1, Moment.AFTER_ITS_COMMIT)),
    CLAIM_BEFORE(
            sql("update slice_queue.*picked", 1, Moment.BEFORE_THE_STATEMENT).afterSubmission()),
    CLAIM_COMMITTED(sql("select q.task_instance from slice_queue", 1, Moment.BEFORE_THE_STATEMENT)),
    BEGIN_BEFORE(sql("fence = fence \\+ 1", 2, Moment.BEFORE_THE_STATEMENT)),
    BEGIN_BEFORE_COMMIT(sql("fence = fence \\+ 1", 1, Moment.BEFORE_ITS_COMMIT)),
    BEGIN_COMMITTED(sql("fence = fence \\+ 1", 2, Moment.AFTER_ITS_COMMIT)),
    DOWNLOAD_ASKED(new Get(40, ImageMoment.ASKED)),
    DOWNLOAD_HALF_WAY(new Get(70, ImageMoment.HALF_SENT)),
    DOWNLOAD_SENT(new Get(110, ImageMoment.SENT)),
    STORE_BEFORE_FILE_IS_FORCED(new Call("fsync", 8)),
    STORE_BEFORE_RENAME(new Call("rename", 4)),
    STORE_BETWEEN_RENAME_AND_FOLDER(new Call("fsync", 9)),
    RESULTS_BEFORE(sql("batch_failure.*bytes_in", 1, Moment.BEFORE_THE_STATEMENT)),
    RESULTS_BEFORE_COMMIT(sql("batch_failure.*bytes_in", 2, Moment.BEFORE_ITS_COMMIT)),
    RESULTS_COMMITTED(sql("batch_failure.*bytes_in", 2, Moment.AFTER_ITS_COMMIT)),
    SLICE_END_BEFORE(sql("delete from slice_queue", 1, Moment.BEFORE_THE_STATEMENT)),
    SLICE_END_BEFORE_COMMIT(sql("delete from slice_queue", 2, Moment.BEFORE_ITS_COMMIT)),
    SLICE_END_COMMITTED(sql("delete from slice_queue", 2, Moment.AFTER_ITS_COMMIT)),
    RETRY_BEFORE_COMMIT(sql("set state = 'pending', code = g.code", 1, Moment.BEFORE_ITS_COMMIT)),
    RETRY_COMMITTED(sql("set state = 'pending', code = g.code", 1, Moment.AFTER_ITS_COMMIT)),
    END_BEFORE_EVENT(sql("insert into delivery \\(", 1, Moment.BEFORE_THE_STATEMENT)),
    END_BEFORE_COMMIT(sql("insert into delivery \\(", 1, Moment.BEFORE_ITS_COMMIT)),
    END_COMMITTED(sql("insert into delivery \\(", 1, Moment.AFTER_ITS_COMMIT)),
    WEBHOOK_CLAIMED(sql("from delivery_queue where task_name", 1, Moment.BEFORE_THE_STATEMENT)),
    WEBHOOK_HEARD(new Hook(false)),
    WEBHOOK_ANSWERED(new Hook(true)),
    ATTEMPT_BEFORE_COMMIT(sql("insert into delivery_attempt", 1, Moment.BEFORE_ITS_COMMIT)),
    ATTEMPT_COMMITTED(sql("insert into delivery_attempt", 1, Moment.AFTER_ITS_COMMIT)),
    HEARTBEAT(sql("set seen = clock_timestamp", 1, Moment.BEFORE_THE_STATEMENT));

    private final Place place;

    CrashPoint(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }

    /// What is waited for.
    sealed interface Place {}

    /// The n-th statement that matches.
    ///
    /// @param early whether it is counted from before the submission
    record Sql(Pattern statement, int occurrence, Moment moment, boolean early) implements Place {
        Sql afterSubmission() {
            return new Sql(statement, occurrence, moment, false);
        }
    }

    /// The n-th request for an image.
    record Get(int occurrence, ImageMoment moment) implements Place {}

    /// The webhook's request.
    ///
    /// @param answered whether the receiver's answer is on its way
    record Hook(boolean answered) implements Place {}

    /// The n-th time that one thread of the process makes a system call; the kernel does not carry it out. Which of
    /// the many threads gets there first is chance, so the numbers are small.
    record Call(String name, int occurrence) implements Place {
        /// The command that starts the doomed process (strace(1), "Tampering").
        List<String> around() {
            return List.of(
                    "strace",
                    "--follow-forks",
                    "--quiet=all",
                    "--output=/dev/null",
                    "--trace=" + name,
                    "--inject=" + name + ":signal=SIGKILL:when=" + occurrence);
        }
    }

    enum ImageMoment {
        ASKED,
        HALF_SENT,
        SENT
    }

    private static Sql sql(String statement, int occurrence, Moment moment) {
        return new Sql(Pattern.compile(statement, Pattern.DOTALL | Pattern.CASE_INSENSITIVE), occurrence, moment, true);
    }
}
