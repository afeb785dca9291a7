package dev.halftone.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageNamesTest {
    private final ImageNames names = new ImageNames();

    private String name(String product, String key) {
        ItemView item = new ItemView(
                0, 0, 7, product, 1, "u", ItemState.COMPLETED, Optional.empty(), Optional.empty(), Optional.empty(), 1);
        return names.of(item, new ObjectKey(key));
    }

    @Test
    void namesFilesAfterTheirProducts() {
        assertThat(name("Espresso Cup, 80 ml", "a/1.jpg")).isEqualTo("espresso-cup-80-ml-1.jpg");
        assertThat(name("Größe Ä", "a/2.png")).isEqualTo("grosse-a-1.png");
        assertThat(name("写真", "a/3.png")).isEqualTo("写真-1.png");
    }

    @Test
    void countsOnOverRowsOfOneName() {
        assertThat(name("Cup", "a/1.jpg")).isEqualTo("cup-1.jpg");
        assertThat(name("cup!", "a/2.jpg")).isEqualTo("cup-2.jpg");
    }

    @Test
    void givesOneOutputOneName() {
        assertThat(name("Cup", "a/1.jpg")).isEqualTo("cup-1.jpg");
        assertThat(name("Saucer", "a/1.jpg")).isEqualTo("cup-1.jpg");
    }

    @Test
    void neverClimbsOutOfTheFolder() {
        assertThat(name("../../etc/passwd", "a/1.jpg")).isEqualTo("etc-passwd-1.jpg");
        assertThat(name("///", "a/2.jpg")).isEqualTo("row-7-1.jpg");
    }
}
