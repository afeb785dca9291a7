package dev.halftone.adapters.postgres.image;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.WebhookEndpoints;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.JobQueue;
import dev.halftone.domain.job.JobRun;
import dev.halftone.domain.job.JobStore;
import dev.halftone.domain.job.NewJob;
import dev.halftone.domain.source.SourceUrl;
import dev.halftone.domain.variant.Variant;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// Jobs in PostgreSQL. Every transaction takes the job's row first.
public final class JdbiJobStore implements JobStore {
    private final Database database;
    private final JobQueue queue;
    private final WebhookEndpoints endpoints;
    private final JobEnd ends;

    /// @param queue and deliveries are in the same database: their writes join the store's transactions
    /// @param random a secure source, for secrets and ids
    public JdbiJobStore(Database database, JobQueue queue, DeliveryQueue deliveries, RandomGenerator random) {
        this.database = database;
        this.queue = queue;
        this.endpoints = new WebhookEndpoints(random);
        this.ends = new JobEnd(deliveries, random);
    }

    @Override
    public Optional<Submitted> submit(NewJob job) {
        Optional<WebhookSecret> secret = database.transaction(handle -> {
            int inserted = handle.createUpdate("""
                            insert into job (id, owner, asset, pipeline, pipeline_hash)
                            select :id, owner, key, cast(:pipeline as jsonb), :hash
                              from asset where id = :asset and owner = :owner and deleting is null for share
                            on conflict (id) do nothing
                            """)
                    .bind("id", job.id().toString())
                    .bind("owner", job.owner().name())
                    .bind("asset", job.asset().toString())
                    .bind("pipeline", FactsJson.of(job.pipeline()))
                    .bind("hash", Variant.hashOf(job.pipeline()).hex())
                    .execute();
            if (inserted == 0) {
                return Optional.empty();
            }
            queue.schedule(job.id(), Duration.ZERO);
            return job.webhook().flatMap(url -> tell(handle, job, url));
        });
        return find(job.owner(), job.id()).map(found -> new Submitted(found, secret));
    }

    private Optional<WebhookSecret> tell(Handle handle, NewJob job, SourceUrl url) {
        WebhookEndpoints.Endpoint endpoint = endpoints.named(handle, job.owner(), url);
        handle.createUpdate("update job set webhook = :endpoint where id = :id")
                .bind("endpoint", endpoint.key())
                .bind("id", job.id().toString())
                .execute();
        return endpoint.newSecret();
    }

    @Override
    public Optional<Job> find(Owner owner, JobId id) {
        return database.read(handle -> handle.createQuery(JobRows.SELECT + " where j.id = :id and j.owner = :owner")
                .bind("id", id.toString())
                .bind("owner", owner.name())
                .map((row, context) -> JobRows.job(row))
                .findOne());
    }

    @Override
    public Optional<Job> ofAnyone(JobId id) {
        return database.read(handle -> handle.createQuery(JobRows.SELECT + " where j.id = :id")
                .bind("id", id.toString())
                .map((row, context) -> JobRows.job(row))
                .findOne());
    }

    @Override
    public Optional<Begun> begin(JobRun run) {
        return database.patientTransaction(handle -> {
            Optional<String> state = locked(handle, run.job());
            if (!queue.holds(run)) {
                return Optional.empty();
            }
            if (state.filter("processing"::equals).isPresent()) {
                ends.leftBehind(handle, run.job());
            }
            Optional<Begun> begun = marked(handle, run);
            if (begun.isEmpty()) {
                queue.complete(run);
            }
            return begun;
        });
    }

    private static Optional<String> locked(Handle handle, JobId id) {
        return handle.createQuery("select state from job where id = :id for update")
                .bind("id", id.toString())
                .mapTo(String.class)
                .findOne();
    }

    private static Optional<Begun> marked(Handle handle, JobRun run) {
        return handle.createQuery("""
                        update job j
                           set state = 'processing', fence = fence + 1, attempts = attempts + 1, progress = 0,
                               node = (select key from node where name = :worker),
                               started = coalesce(started, now()), updated = now()
                          from asset a
                         where j.id = :id and j.state = 'pending' and a.key = j.asset
                        returning j.id as job, j.pipeline, j.fence, j.attempts, %s
                        """.formatted(JdbiAssetStore.COLUMNS))
                .bind("id", run.job().toString())
                .bind("worker", run.worker())
                .map((row, context) -> new Begun(
                        JobId.of(row.getString("job")),
                        JdbiAssetStore.asset(row),
                        FactsJson.pipeline(row.getString("pipeline")),
                        row.getInt("fence"),
                        row.getInt("attempts")))
                .findOne();
    }

    @Override
    public void progress(Begun begun, int percent) {
        database.patientTransaction(handle -> handle.createUpdate("""
                        update job set progress = :percent, updated = now()
                         where id = :id and state = 'processing' and fence = :fence
                        """)
                .bind("id", begun.job().toString())
                .bind("fence", begun.attempt())
                .bind("percent", percent)
                .execute());
    }

    @Override
    public boolean end(JobRun run, Begun begun, Ending ending) {
        return database.patientTransaction(handle -> {
            locked(handle, run.job());
            if (!queue.complete(run)) {
                return false;
            }
            boolean changed = ends.write(handle, begun, ending);
            switch (ending) {
                case Ending.Again again -> queue.schedule(run.job(), again.delay());
                case Ending.HandedBack handedBack -> queue.schedule(run.job(), Duration.ZERO);
                case Ending.Done done -> {}
                case Ending.Failed failed -> {}
            }
            return changed;
        });
    }
}
