package dev.halftone.adapters.postgres.image;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.FactStore;
import dev.halftone.domain.asset.ImageFacts;
import dev.halftone.domain.image.PerceptualHash;
import java.util.List;
import java.util.Optional;

/// What is known of assets, in the rows of the assets. A search by look reads the hashes of all of them, which
/// are 24 bytes each in their index; its time grows with the number of assets.
public final class JdbiFactStore implements FactStore {
    private static final int MOST = 100;

    private final Database database;

    public JdbiFactStore(Database database) {
        this.database = database;
    }

    @Override
    public void put(AssetId id, ImageFacts facts) {
        database.transaction(handle -> handle.createUpdate("""
                        update asset set facts = cast(:facts as jsonb), phash = :phash
                         where id = :id and deleting is null
                        """)
                .bind("id", id.toString())
                .bind("facts", FactsJson.of(facts))
                .bind("phash", facts.look().map(look -> look.hash().bits()).orElse(null))
                .execute());
    }

    @Override
    public Optional<ImageFacts> find(AssetId id) {
        return database.read(handle -> handle.createQuery("select facts from asset where id = :id")
                .bind("id", id.toString())
                .map((row, context) -> Optional.ofNullable(row.getString(1)).map(FactsJson::facts))
                .findOne()
                .flatMap(facts -> facts));
    }

    @Override
    public List<Similar> similar(Owner owner, PerceptualHash hash, AssetId except, int distance, int limit) {
        if (distance < 0 || distance > 64 || limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("distance is 0 to 64, limit 1 to " + MOST);
        }
        return database.read(handle -> handle.createQuery("""
                        with near as materialized (
                          select key, bit_count((phash # :hash)::bit(64)) as distance
                            from asset
                           where owner = :owner and phash is not null and bit_count((phash # :hash)::bit(64)) <= :distance)
                        select %s, n.distance
                          from near n join asset a on a.key = n.key
                         where a.id <> :except
                         order by n.distance, a.key desc
                         limit :limit
                        """.formatted(JdbiAssetStore.COLUMNS))
                .bind("owner", owner.name())
                .bind("hash", hash.bits())
                .bind("distance", distance)
                .bind("except", except.toString())
                .bind("limit", limit)
                .map((row, context) -> new Similar(JdbiAssetStore.asset(row), row.getInt("distance")))
                .list());
    }
}
