package dev.halftone.adapters.postgres.image;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.variant.Variant;
import dev.halftone.domain.variant.VariantStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/// Variants in PostgreSQL.
public final class JdbiVariantStore implements VariantStore {
    static final String COLUMNS = "v.pipeline, v.object_key, v.format, v.width, v.height, v.bytes, v.notes, v.sha256";

    private final Database database;

    public JdbiVariantStore(Database database) {
        this.database = database;
    }

    @Override
    public OptionalInt round(AssetId asset) {
        return database.read(handle -> round(handle, asset));
    }

    private static OptionalInt round(Handle handle, AssetId asset) {
        return handle.createQuery("select round from asset where id = :asset and deleting is null")
                .bind("asset", asset.toString())
                .mapTo(Integer.class)
                .findOne()
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    @Override
    public Put put(Variant variant, int round) {
        return database.patientTransaction(handle -> {
            if (insert(handle, variant, round)) {
                return Put.STORED;
            }
            return round(handle, variant.asset()).isPresent() ? Put.LATE : Put.GONE;
        });
    }

    private static boolean insert(Handle handle, Variant variant, int round) {
        return handle.createUpdate("""
                        insert into variant (asset, pipeline, object_key, format, width, height, bytes, notes, sha256)
                        select key, :pipeline, :object, :format, :width, :height, :bytes, :notes, :sha256
                          from asset where id = :asset and deleting is null and round = :round for share
                        on conflict (asset, pipeline) do update
                           set object_key = excluded.object_key, format = excluded.format, width = excluded.width,
                               height = excluded.height, bytes = excluded.bytes, notes = excluded.notes,
                               sha256 = excluded.sha256
                        """)
                        .bind("round", round)
                        .bind("sha256", variant.hash().map(ContentHash::hex).orElse(null))
                        .bind("asset", variant.asset().toString())
                        .bind("pipeline", variant.pipeline().hex())
                        .bind("object", variant.key().value())
                        .bind("format", variant.format().wire())
                        .bind("width", variant.size().width())
                        .bind("height", variant.size().height())
                        .bind("bytes", variant.bytes())
                        .bindArray("notes", String.class, variant.notes())
                        .execute()
                > 0;
    }

    @Override
    public Optional<Variant> find(AssetId asset, ContentHash pipeline) {
        return database.read(handle -> handle.createQuery("select " + COLUMNS + """
                         from variant v
                         where v.asset = (select key from asset where id = :asset and deleting is null)
                           and v.pipeline = :pipeline
                        """)
                .bind("asset", asset.toString())
                .bind("pipeline", pipeline.hex())
                .map((row, context) -> variant(asset, row))
                .findOne());
    }

    @Override
    public List<Variant> of(AssetId asset) {
        return database.read(handle -> handle.createQuery("select " + COLUMNS
                        + " from variant v where v.asset = (select key from asset where id = :asset)")
                .bind("asset", asset.toString())
                .map((row, context) -> variant(asset, row))
                .list());
    }

    static Variant variant(AssetId asset, ResultSet row) throws SQLException {
        return new Variant(
                asset,
                new ContentHash(row.getString("pipeline")),
                new ObjectKey(row.getString("object_key")),
                JdbiAssetStore.format(row.getString("format")),
                new PixelSize(row.getInt("width"), row.getInt("height")),
                row.getLong("bytes"),
                List.of((String[]) row.getArray("notes").getArray()),
                Optional.ofNullable(row.getString("sha256")).map(ContentHash::new));
    }
}
