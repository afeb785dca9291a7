package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.OutputNames;
import org.jdbi.v3.core.Handle;

/// Gives the outputs of a new batch their numbers, in the order of the CSV, so that no two share a name. In the
/// database: memory does not grow with the batch.
final class OutputNumbers {
    /// Numbering can make a name that another one has already (`cup1` and number 1, `cup` and number 11); what is
    /// numbered again has one more hyphen, so few rounds are needed.
    private static final int MOST_ROUNDS = 4;

    private OutputNumbers() {}

    static void give(Handle handle, long batch) {
        handle.createUpdate("""
                        with numbered as materialized (
                          select ordinal, row_number() over (partition by name order by ordinal) as number
                            from item where batch = :batch)
                        update item i
                           set name = case when position(:mark in i.name) > 0
                                           then replace(i.name, :mark, n.number::text)
                                           when n.number > 1 then i.name || '-' || n.number
                                           else i.name end
                          from numbered n
                         where i.batch = :batch and i.ordinal = n.ordinal
                        """)
                .bind("batch", batch)
                .bind("mark", String.valueOf(OutputNames.NUMBER))
                .execute();
        boolean shared = true;
        for (int round = 0; shared && round < MOST_ROUNDS; round++) {
            shared = numberAgain(handle, batch) > 0;
        }
        nameByPlace(handle, batch);
    }

    private static int numberAgain(Handle handle, long batch) {
        return handle.createUpdate("""
                        with numbered as materialized (
                          select ordinal, row_number() over (partition by name order by ordinal) as number
                            from item where batch = :batch)
                        update item i set name = i.name || '-' || n.number
                          from numbered n
                         where i.batch = :batch and i.ordinal = n.ordinal and n.number > 1
                        """).bind("batch", batch).execute();
    }

    /// What still shares a name, or is too long for a key, is named by row and position, as without a template.
    private static void nameByPlace(Handle handle, long batch) {
        handle.createUpdate("""
                        with numbered as materialized (
                          select ordinal, row_number() over (partition by name order by ordinal) as number
                            from item where batch = :batch)
                        update item i set name = null
                          from numbered n
                         where i.batch = :batch and i.ordinal = n.ordinal
                           and (n.number > 1 or i.name ~ '[^/]{124}')
                        """).bind("batch", batch).execute();
    }
}
