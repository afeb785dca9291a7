package dev.halftone.adapters.postgres;

import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.QuotaExceeded;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/// What keys have handed in today, counted in the transaction that stores it, so that two nodes never let one
/// image too many in.
public final class Quotas {

    private Quotas() {}

    /// Counts images against the quota of the key that they came with. The key's row of today is locked until the
    /// transaction ends, so this is done late in it.
    ///
    /// @throws QuotaExceeded when that is more than the key may hand in a day; then the transaction is not to be
    ///     committed
    public static void use(Handle handle, Caller by, long images) {
        by.allowance().ifPresent(allowance -> {
            int counted = handle.createUpdate("""
                            insert into key_usage (api_key, day, images)
                            select :key, cast(now() at time zone 'UTC' as date), :images where :images <= :quota
                            on conflict (api_key, day) do update
                               set images = key_usage.images + excluded.images
                             where key_usage.images + excluded.images <= :quota
                            """)
                    .bind("key", allowance.key())
                    .bind("images", images)
                    .bind("quota", allowance.imagesADay())
                    .execute();
            if (counted == 0) {
                throw exceeded(handle, allowance, images);
            }
        });
    }

    private static QuotaExceeded exceeded(Handle handle, Caller.Allowance allowance, long images) {
        return handle.createQuery("""
                        select coalesce((select images from key_usage
                                          where api_key = :key and day = cast(now() at time zone 'UTC' as date)), 0),
                               extract(epoch from (date_trunc('day', now() at time zone 'UTC') + interval '1 day')
                                                   - (now() at time zone 'UTC'))
                        """)
                .bind("key", allowance.key())
                .map((row, context) -> new QuotaExceeded(
                        allowance.imagesADay(),
                        row.getLong(1),
                        images,
                        Duration.ofSeconds(1 + (long) row.getDouble(2))))
                .one();
    }
}
