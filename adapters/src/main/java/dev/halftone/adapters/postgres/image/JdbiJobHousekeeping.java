package dev.halftone.adapters.postgres.image;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.JobQueue;
import java.time.Duration;
import java.util.List;

/// What is put right about jobs from time to time. May run on several nodes, at any time.
public final class JdbiJobHousekeeping {
    private final Database database;
    private final JobQueue queue;

    public JdbiJobHousekeeping(Database database, JobQueue queue) {
        this.database = database;
        this.queue = queue;
    }

    /// Puts unfinished jobs back into the queue that are not in it. Transactions keep that from happening; an
    /// operator who emptied the queue, or restored a part of a backup, does not.
    ///
    /// @return how many
    public int requeueVanished() {
        List<JobId> vanished = database.patientTransaction(handle -> handle.createQuery("""
                        select j.id from job j
                         where j.finished is null
                           and not exists (select 1 from job_queue q where q.task_instance = j.id)
                        """)
                .map((row, context) -> JobId.of(row.getString(1)))
                .list());
        for (JobId id : vanished) {
            database.patientTransaction(handle -> {
                queue.schedule(id, Duration.ZERO);
                return id;
            });
        }
        return vanished.size();
    }
}
