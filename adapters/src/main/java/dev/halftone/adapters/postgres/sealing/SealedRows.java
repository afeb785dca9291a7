package dev.halftone.adapters.postgres.sealing;

import dev.halftone.adapters.postgres.DatabaseRefused;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sure that a node has the key that the database's secrets are sealed with, and seals those that an older
/// version left as they were. Both in one transaction.
public final class SealedRows {
    private static final Logger LOG = LoggerFactory.getLogger(SealedRows.class);
    private static final String PROBE = "halftone";

    private SealedRows() {}

    /// @param handle in a transaction
    /// @throws DatabaseRefused when the secrets are sealed with another key
    public static void check(Handle handle) {
        Sealing sealing = Sealing.of(handle);
        handle.createUpdate("insert into sealing (sealed) values (:sealed) on conflict do nothing")
                .bind("sealed", sealing.seal(PROBE))
                .execute();
        String probe = handle.createQuery("select sealed from sealing")
                .mapTo(String.class)
                .one();
        if (!sealing.open(probe).filter(PROBE::equals).isPresent()) {
            throw new DatabaseRefused("The secrets in this database are sealed with another key. Every node needs the"
                    + " same one: set HALFTONE_SECRET_KEY to it; where it was never set, it is the text of the file"
                    + " secret.key in the data folder of the node that came first.");
        }
        int sealed = seal(handle, "webhook_endpoint", "key") + seal(handle, "webhook_old_secret", "endpoint");
        if (sealed > 0) {
            LOG.info("sealed {} webhook secrets that were kept as they are", sealed);
        }
    }

    private record Plain(String at, String secret) {}

    private static int seal(Handle handle, String table, String key) {
        Sealing sealing = Sealing.of(handle);
        List<Plain> rows = handle.createQuery("select cast(ctid as text), secret from " + table
                        + " where secret like 'whsec\\_%' order by " + key + " for update")
                .map((row, context) -> new Plain(row.getString(1), row.getString(2)))
                .list();
        for (Plain row : rows) {
            handle.createUpdate("update " + table + " set secret = :sealed where ctid = cast(:at as tid)")
                    .bind("sealed", sealing.seal(row.secret()))
                    .bind("at", row.at())
                    .execute();
        }
        return rows.size();
    }
}
