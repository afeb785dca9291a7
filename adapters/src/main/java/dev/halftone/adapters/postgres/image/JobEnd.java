package dev.halftone.adapters.postgres.image;

import dev.halftone.adapters.postgres.FailureText;
import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.adapters.postgres.NewDeliveries;
import dev.halftone.domain.event.DeliveryQueue;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.JobStore.Begun;
import dev.halftone.domain.job.JobStore.Ending;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// The end of a job's run, as its worker says or by the worker's death; with the end of the job itself the
/// event and the event's delivery, in the same transaction. Whoever calls holds the job's row.
final class JobEnd {
    private static final String POISON = "its worker died while running it, " + ItemStore.MAX_CRASHES + " times";

    private final NewDeliveries deliveries;

    JobEnd(DeliveryQueue deliveries, RandomGenerator random) {
        this.deliveries = new NewDeliveries(deliveries, random);
    }

    /// A run that nobody works on any more. A process that lives, or ended in order, had another reason to give
    /// the job up than that it died of it.
    void leftBehind(Handle handle, JobId id) {
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
        tellIfFinal(handle, id);
    }

    /// Leaves a job alone that is in another's hands by now.
    ///
    /// @return whether the job was still this run's
    boolean write(Handle handle, Begun begun, Ending ending) {
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
        int changed = handle.createUpdate("""
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
        if (!state.equals("pending")) {
            tellIfFinal(handle, begun.job());
        }
        return changed > 0;
    }

    private record Told(long event, long endpoint) {}

    /// Once for each job.
    private void tellIfFinal(Handle handle, JobId id) {
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
