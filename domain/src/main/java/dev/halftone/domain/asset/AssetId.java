package dev.halftone.domain.asset;

import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.identity.PublicId;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The id of an asset; `imageId` in the API.
public record AssetId(PublicId id) implements TurnOwner {

    public static AssetId random(RandomGenerator random) {
        return new AssetId(PublicId.random(random));
    }

    public static AssetId of(String value) {
        return new AssetId(new PublicId(value));
    }

    public static Optional<AssetId> parse(String text) {
        return PublicId.parse(text).map(AssetId::new);
    }

    @Override
    public String toString() {
        return id.value();
    }
}
