package dev.halftone.adapters.postgres.audit;

import dev.halftone.domain.audit.Check;
import dev.halftone.domain.audit.Finding;
import dev.halftone.domain.audit.Ledger;
import dev.halftone.domain.audit.VerifyStock;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What does not hold beyond single batches: jobs, their events and deliveries, and deletions that stand still.
final class Lapses {
    /// Each query gives an id and what is wrong with it.
    private record Question(Check check, String of, String sql) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question(Check.JOB, "job ", """
                    select j.id, 'it is done, and its image has no variant of its pipeline'
                      from job j join asset a on a.key = j.asset
                     where j.state = 'done' and a.deleting is null
                       and not exists (select 1 from variant v
                                        where v.asset = j.asset and v.pipeline = j.pipeline_hash)
                    """),
            new Question(Check.EVENTS, "job ", """
                    select j.id, 'it is ' || j.state || ', and has ' || count(e.key) || ' events of its end, with '
                                 || count(d.key) || ' deliveries'
                      from job j left join event e on e.job = j.key left join delivery d on d.event = e.key
                     group by j.key, j.id, j.state, j.finished, j.webhook
                    having count(e.key) <> case when j.finished is not null then 1 else 0 end
                        or count(d.key) <> case when j.finished is not null and j.webhook is not null then 1 else 0 end
                    """),
            new Question(Check.QUEUE, "job ", """
                    select j.id, 'it is ' || j.state || ', and nothing of it is in the queue'
                      from job j
                     where j.finished is null and not exists (select 1 from job_queue q where q.task_instance = j.id)
                    """),
            new Question(Check.QUEUE, "job ", """
                    select j.id, 'a delivery of its end waits and is in no queue'
                      from delivery d join event e on e.key = d.event join job j on j.key = e.job
                     where d.state = 'waiting'
                       and not exists (select 1 from delivery_queue q where q.task_instance = d.id)
                    """),
            new Question(Check.LEASE, "job ", """
                    select j.id, 'its worker is gone'
                      from job j left join node n on n.key = j.node
                     where j.state = 'processing' and coalesce(n.stopped, n.seen, j.started) < now() - %1$s
                    """.formatted(BatchEntries.GONE)),
            new Question(Check.DELETION, "batch ", """
                    select id, 'its deletion began at ' || deleted from batch where deleted < now() - interval '1 hour'
                    """),
            new Question(Check.DELETION, "image ", """
                    select id, 'its deletion began at ' || deleting
                      from asset where deleting < now() - interval '1 hour'
                    """));

    private Lapses() {}

    static Ledger.Rest find(Handle handle) {
        List<Finding> findings = new ArrayList<>();
        for (Question question : QUESTIONS) {
            handle.createQuery(question.sql() + " limit " + VerifyStock.LISTED)
                    .map((row, context) ->
                            new Finding(question.check(), question.of() + row.getString(1), row.getString(2)))
                    .forEach(findings::add);
        }
        return new Ledger.Rest(
                count(handle, "select count(*) from job"),
                count(handle, "select count(*) from job where finished is null"),
                count(handle, "select count(*) from asset where deleting is null"),
                findings);
    }

    private static long count(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Long.class).one();
    }
}
