package dev.halftone.app.bench.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.app.bench.jpeg.side.ImageIoSide;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoTest {
    @TempDir
    private Path folder;

    private static byte[] jpeg(int width, int height, int type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, type), "jpeg", bytes);
        return bytes.toByteArray();
    }

    private Photo photo(int width, int height, int type, int quality) throws IOException {
        byte[] source = jpeg(width, height, type);
        Path file = Files.write(folder.resolve("a.jpg"), source);
        return Photo.read("a.jpg", file, new ImageIoSide().encode(file, source, quality));
    }

    private static List<PhotoClass> classes(Photo photo) {
        return PhotoClass.named(List.of()).stream()
                .filter(photoClass -> photoClass.holds(photo))
                .toList();
    }

    @Test
    void findsTheQualityOfTheTables() throws IOException {
        for (int quality : new int[] {1, 10, 30, 50, 75, 85, 94, 95, 100}) {
            assertThat(photo(16, 16, BufferedImage.TYPE_INT_RGB, quality).quality())
                    .isEqualTo(quality);
        }
    }

    @Test
    void putsAPhotoInOneClassOfEachAxisAndInTheSums() throws IOException {
        assertThat(classes(photo(1600, 8, BufferedImage.TYPE_INT_RGB, 80)))
                .containsExactly(PhotoClass.WEB_420, PhotoClass.BELOW_95, PhotoClass.BASELINE, PhotoClass.ALL);
        assertThat(classes(photo(8, 1601, BufferedImage.TYPE_INT_RGB, 96)))
                .containsExactly(PhotoClass.LARGE_420, PhotoClass.FROM_95, PhotoClass.BASELINE, PhotoClass.ALL);
        assertThat(classes(photo(8, 8, BufferedImage.TYPE_BYTE_GRAY, 80)))
                .containsExactly(PhotoClass.OTHER, PhotoClass.BELOW_95, PhotoClass.BASELINE, PhotoClass.ALL);
        assertThatThrownBy(() -> PhotoClass.named(List.of("420"))).hasMessageContaining("web-420");
    }

    @Test
    void takesMetadataAwayAndNothingElse() throws IOException {
        byte[] source = jpeg(40, 24, BufferedImage.TYPE_INT_RGB);
        byte[] comment = {-1, -2, 0, 4, 'h', 'i'};
        byte[] exif = {-1, -31, 0, 3, 'x'};
        ByteArrayOutputStream dressed = new ByteArrayOutputStream();
        dressed.write(source, 0, 2);
        dressed.writeBytes(exif);
        dressed.write(source, 2, 18);
        dressed.writeBytes(comment);
        dressed.write(source, 20, source.length - 20);
        dressed.writeBytes(exif);

        assertThat(BareSource.strip(dressed.toByteArray())).isEqualTo(source);
    }

    @Test
    void skipsWhatIsNoPhotoAndSaysSo() throws IOException {
        Files.write(folder.resolve("good.jpg"), jpeg(20, 30, BufferedImage.TYPE_INT_RGB));
        Files.write(folder.resolve("bad.jpeg"), new byte[] {-1, -40, -1, -37, 0, 67, 0});
        Files.writeString(folder.resolve("note.txt"), "no photo");
        List<String> skipped = new ArrayList<>();

        List<Photo> photos = Photo.in(List.of(folder), skipped);

        assertThat(photos).extracting(Photo::name).containsExactly("good.jpg");
        assertThat(photos.getFirst().width()).isEqualTo(20);
        assertThat(photos.getFirst().height()).isEqualTo(30);
        assertThat(skipped).singleElement().asString().startsWith("bad.jpeg was skipped");
        assertThatThrownBy(() -> Photo.in(List.of(folder.resolve("none")), skipped))
                .hasMessageContaining("none");
    }
}
