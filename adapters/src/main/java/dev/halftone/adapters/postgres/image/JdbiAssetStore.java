package dev.halftone.adapters.postgres.image;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.Quotas;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Assets in PostgreSQL.
public final class JdbiAssetStore implements AssetStore {
    static final String COLUMNS = "a.id, a.format, a.width, a.height, a.bytes, a.sha256, a.created";

    private final Database database;

    public JdbiAssetStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Caller by, Asset asset) {
        database.transaction(handle -> {
            int added = handle.createUpdate("""
                        insert into asset (id, owner, format, width, height, bytes, sha256, created)
                        values (:id, :owner, :format, :width, :height, :bytes, :sha256, :created)
                        on conflict (id) do nothing
                        """)
                    .bind("id", asset.id().toString())
                    .bind("owner", by.owner().name())
                    .bind("format", asset.format().wire())
                    .bind("width", asset.size().width())
                    .bind("height", asset.size().height())
                    .bind("bytes", asset.bytes())
                    .bind("sha256", asset.hash().hex())
                    .bind("created", asset.created().atOffset(ZoneOffset.UTC))
                    .execute();
            // Tried again after a commit whose answer was lost, it counts no second time.
            if (added > 0) {
                Quotas.use(handle, by, 1);
            }
            return added;
        });
    }

    @Override
    public Optional<Asset> find(Owner owner, AssetId id) {
        return database.read(handle -> handle.createQuery("select " + COLUMNS
                        + " from asset a where a.id = :id and a.owner = :owner and a.deleting is null")
                .bind("id", id.toString())
                .bind("owner", owner.name())
                .map((row, context) -> asset(row))
                .findOne());
    }

    @Override
    public Optional<Asset> ofAnyone(AssetId id) {
        return database.read(handle -> handle.createQuery(
                        "select " + COLUMNS + " from asset a where a.id = :id and a.deleting is null")
                .bind("id", id.toString())
                .map((row, context) -> asset(row))
                .findOne());
    }

    /// Facts go at once, so that it is not found by its look either.
    @Override
    public Optional<Asset> beginDeletion(Owner owner, AssetId id) {
        return database.transaction(handle -> handle.createQuery("""
                        update asset a
                           set deleting = coalesce(deleting, now()), facts = null, phash = null
                         where a.id = :id and a.owner = :owner
                        returning %s
                        """.formatted(COLUMNS))
                .bind("owner", owner.name())
                .bind("id", id.toString())
                .map((row, context) -> asset(row))
                .findOne());
    }

    @Override
    public List<Asset> leaving() {
        return database.read(handle -> handle.createQuery("""
                        select %s from asset a where a.deleting < now() - interval '1 minute' order by a.key limit 1000
                        """.formatted(COLUMNS))
                .map((row, context) -> asset(row))
                .list());
    }

    @Override
    public boolean delete(AssetId id) {
        return database.transaction(handle -> handle.createUpdate("delete from asset where id = :id")
                        .bind("id", id.toString())
                        .execute())
                > 0;
    }

    static Asset asset(ResultSet row) throws SQLException {
        return new Asset(
                AssetId.of(row.getString("id")),
                format(row.getString("format")),
                new PixelSize(row.getInt("width"), row.getInt("height")),
                row.getLong("bytes"),
                new ContentHash(row.getString("sha256")),
                row.getTimestamp("created").toInstant());
    }

    static ImageFormat format(String wire) {
        return Arrays.stream(ImageFormat.values())
                .filter(format -> format.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a stored image has the format " + wire));
    }
}
