package dev.halftone.adapters.postgres.image;

import dev.halftone.adapters.postgres.Database;
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
    public void add(Asset asset) {
        database.transaction(handle -> handle.createUpdate("""
                        insert into asset (id, format, width, height, bytes, sha256, created)
                        values (:id, :format, :width, :height, :bytes, :sha256, :created)
                        on conflict (id) do nothing
                        """)
                .bind("id", asset.id().toString())
                .bind("format", asset.format().wire())
                .bind("width", asset.size().width())
                .bind("height", asset.size().height())
                .bind("bytes", asset.bytes())
                .bind("sha256", asset.hash().hex())
                .bind("created", asset.created().atOffset(ZoneOffset.UTC))
                .execute());
    }

    @Override
    public Optional<Asset> find(AssetId id) {
        return database.read(handle -> handle.createQuery(
                        "select " + COLUMNS + " from asset a where a.id = :id and a.deleting is null")
                .bind("id", id.toString())
                .map((row, context) -> asset(row))
                .findOne());
    }

    /// Facts go at once, so that it is not found by its look either.
    @Override
    public Optional<Asset> beginDeletion(AssetId id) {
        return database.transaction(handle -> handle.createQuery("""
                        update asset a
                           set deleting = coalesce(deleting, now()), facts = null, phash = null
                         where a.id = :id
                        returning %s
                        """.formatted(COLUMNS))
                .bind("id", id.toString())
                .map((row, context) -> asset(row))
                .findOne());
    }

    @Override
    public List<AssetId> leaving() {
        return database.read(handle -> handle.createQuery("""
                        select id from asset where deleting < now() - interval '1 minute' order by key limit 1000
                        """)
                .map((row, context) -> AssetId.of(row.getString(1)))
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
