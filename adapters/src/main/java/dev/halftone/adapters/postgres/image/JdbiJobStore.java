package dev.halftone.adapters.postgres.image;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.FailureText;
import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.adapters.postgres.NewDeliveries;
import dev.halftone.adapters.postgres.WebhookEndpoints;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemStore;
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
    private static final String POISON = "its worker died while running it, " + ItemStore.MAX_CRASHES + " times";

    private final Database database;
    private final JobQueue queue;
    private final WebhookEndpoints endpoints;
    private final NewDeliveries deliveries;

    /// @param queue and deliveries are in the same database: their writes join the store's transactions
    /// @param random a secure source, for secrets and ids
    public JdbiJobStore(Database database, JobQueue queue, DeliveryQueue deliveries, RandomGenerator random) {
        this.database = database;
        this.queue = queue;
        this.endpoints = new WebhookEndpoints(random);
        this.deliveries = new NewDeliveries(deliveries, random);
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
                suspectLeftBehind(handle, run.job());
                endIfFinal(handle, run.job());
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

    /// A process that lives, or ended in order, had another reason to give the job up than that it died of it.
    private static void suspectLeftBehind(Handle handle, JobId id) {
        handle.createUpdate("""
                        with left_behind as (
                          select key, not exists (select 1 from node n where n.key = job.node
                                                   and (n.stopped is not null or %s)) as died
                            from job where id = :id)
                        update job j
                           set crashes = crashes + died::integer, updated = now(),
                               state = case when died and crashes + 1 >= :most then 'failed' else 'pending' end,
                               finished = case when died and crashes + 1 >= :most then now() end,
                               code = case when died and crashes + 1 >= :most then :poison else code end,
                               detail = case when died and crashes + 1 >= :most then :detail else detail end
                          from left_behind l where j.key = l.key
                        """.formatted(JdbiNodes.ALIVE))
                .bind("id", id.toString())
                .bind("most", ItemStore.MAX_CRASHES)
                .bind("poison", FailureCode.POISON.wire())
                .bind("detail", POISON)
                .execute();
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
            boolean changed = write(handle, begun, ending) > 0;
            switch (ending) {
                case Ending.Done done -> endIfFinal(handle, run.job());
                case Ending.Failed failed -> endIfFinal(handle, run.job());
                case Ending.Again again -> queue.schedule(run.job(), again.delay());
                case Ending.HandedBack handedBack -> queue.schedule(run.job(), Duration.ZERO);
            }
            return changed;
        });
    }

    private static int write(Handle handle, Begun begun, Ending ending) {
        String state = switch (ending) {
            case Ending.Done done -> "done";
            case Ending.Failed failed -> "failed";
            case Ending.Again again -> "pending";
            case Ending.HandedBack handedBack -> "pending";
        };
        Optional<Failure> failure = switch (ending) {
            case Ending.Failed failed -> Optional.of(failed.failure());
            case Ending.Again again -> Optional.of(again.failure());
            case Ending.Done done -> Optional.empty();
            case Ending.HandedBack handedBack -> Optional.empty();
        };
        return handle.createUpdate("""
                        update job
                           set state = :state, updated = now(), code = :code, detail = :detail,
                               finished = case when :state in ('done', 'failed') then now() end,
                               progress = case :state when 'done' then 100 when 'pending' then 0 else progress end,
                               attempts = attempts - :uncounted
                         where id = :id and state = 'processing' and fence = :fence
                        """)
                .bind("id", begun.job().toString())
                .bind("fence", begun.attempt())
                .bind("state", state)
                .bind("code", failure.map(why -> why.code().wire()).orElse(null))
                .bind("detail", failure.map(FailureText::of).orElse(null))
                .bind("uncounted", ending instanceof Ending.HandedBack ? 1 : 0)
                .execute();
    }

    private record Told(long event, long endpoint) {}

    /// Writes the event of a job's end, once.
    private void endIfFinal(Handle handle, JobId id) {
        handle.createQuery("""
                        with told as (
                          insert into event (job, run, type)
                          select key, 1, 'job.' || state from job where id = :id and finished is not null
                          on conflict do nothing
                          returning key, job)
                        select told.key, j.webhook from told join job j on j.key = told.job
                         where j.webhook is not null
                        """)
                .bind("id", id.toString())
                .map((row, context) -> new Told(row.getLong(1), row.getLong(2)))
                .findOne()
                .ifPresent(told -> deliveries.add(handle, told.event(), told.endpoint()));
    }
}
