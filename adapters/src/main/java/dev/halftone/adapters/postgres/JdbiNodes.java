package dev.halftone.adapters.postgres;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/// The processes that work on this database, and which of them are alive.
public final class JdbiNodes {
    /// A node that was not seen for this long is taken for dead. Shorter than the queue takes to give its
    /// slices to others, so that the others know.
    public static final String ALIVE = "stopped is null and seen > now() - interval '15 seconds'";

    private final Database database;

    public JdbiNodes(Database database) {
        this.database = database;
    }

    /// Makes a process known, by a name that no other ever has.
    public void started(String name) {
        database.transaction(handle -> handle.createUpdate("insert into node (name) values (:name)")
                .bind("name", name)
                .execute());
    }

    /// What a node learns when it says that it is alive.
    ///
    /// @param now the database's time
    /// @param alive how many nodes are, this one included
    public record Beat(Instant now, int alive) {}

    /// Says that a process is alive.
    public Beat beat(String name) {
        return database.upkeep(handle -> handle.createQuery("""
                        update node set seen = clock_timestamp() where name = :name
                        returning seen, (select count(*) from node o where o.name <> :name and %s)
                        """.formatted(ALIVE))
                .bind("name", name)
                .map((row, context) -> new Beat(row.getTimestamp(1).toInstant(), 1 + row.getInt(2)))
                .one());
    }

    /// Says that a process ended in order.
    public void stopped(String name) {
        database.transaction(handle -> handle.createUpdate("update node set stopped = now() where name = :name")
                .bind("name", name)
                .execute());
    }

    /// Puts back into a queue what a process took and does not run: it was picked in a transaction whose answer
    /// was lost, or its end could not be written. Its heartbeats have stopped, so it would come back by itself, in
    /// twice the time.
    ///
    /// @param before heartbeats up to this moment are old
    /// @param running the instances that the process runs
    /// @return how many
    public int putBack(String queue, String name, Instant before, List<String> running) {
        return database.upkeep(handle -> handle.createUpdate("update " + queue + """
                         set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
                         where picked and picked_by = :name and last_heartbeat < :before
                           and not task_instance = any(:running)
                        """)
                .bind("name", name)
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .bindArray("running", String.class, running)
                .execute());
    }

    /// What a process has taken from a queue and not lost to another.
    public Set<String> held(String queue, String name) {
        return database.upkeep(handle -> handle.createQuery(
                        "select task_instance from " + queue + " where picked and picked_by = :name")
                .bind("name", name)
                .mapTo(String.class)
                .set());
    }

    /// Says that every process known so far is dead: true only where the caller holds the database alone, as
    /// the one that has just started its embedded server. What they were running is free at once, rather than
    /// after their heartbeats were missed. They died, they did not end in order: what they were running is
    /// suspect.
    public void buryAll() {
        database.transaction(handle -> {
            handle.execute("update node set seen = '-infinity' where stopped is null");
            for (String queue : List.of("slice_queue", "delivery_queue", "job_queue")) {
                handle.execute("update " + queue + " set picked = false, picked_by = null, last_heartbeat = null,"
                        + " version = version + 1 where picked");
            }
            return true;
        });
    }

    /// How many processes are alive.
    public int alive() {
        return database.read(handle -> handle.createQuery("select count(*) from node where " + ALIVE)
                .mapTo(Integer.class)
                .one());
    }
}
