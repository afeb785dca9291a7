package dev.halftone.app.bench;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.wiring.Halftone;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// The measured process of [TransformBench]: the whole service with one uploaded JPEG. Prints the picture's address
/// and serves until its standard input ends.
public final class TransformServer {
    private TransformServer() {}

    public static void main(String[] arguments) throws Exception {
        byte[] jpeg = Files.readAllBytes(Path.of(arguments[0]));
        Path data = Path.of(arguments[1]);
        HalftoneConfig config = ConfigReader.read(
                Environment.read(Map.of("HALFTONE_DATA_DIR", data.toString(), "HALFTONE_PORT", "0"), Map.of(), data));
        AssetId id = AssetId.random(new Random(1));
        Asset asset = new Asset(id, ImageFormat.JPEG, size(jpeg), jpeg.length, ContentHash.of(jpeg), Instant.now());
        try (Halftone halftone = Halftone.forService(config)) {
            halftone.objects().put(asset.key(), jpeg, "image/jpeg");
            String address = halftone.startServer(new OneAsset(asset));
            System.out.println(address + "/images/" + id);
            int end = System.in.read();
            if (end >= 0) {
                throw new IOException("nothing is expected on standard input");
            }
        }
    }

    private static PixelSize size(byte[] jpeg) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in);
            return new PixelSize(reader.getWidth(0), reader.getHeight(0));
        } finally {
            reader.dispose();
        }
    }

    private record OneAsset(Asset asset) implements AssetStore {
        @Override
        public void add(Asset other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Asset> find(AssetId id) {
            return id.equals(asset.id()) ? Optional.of(asset) : Optional.empty();
        }

        @Override
        public boolean delete(AssetId id) {
            return false;
        }
    }
}
