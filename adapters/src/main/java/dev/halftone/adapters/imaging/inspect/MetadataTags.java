package dev.halftone.adapters.imaging.inspect;

import com.drew.lang.ByteArrayReader;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifThumbnailDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.photoshop.PhotoshopReader;
import com.drew.metadata.xmp.XmpDirectory;
import com.drew.metadata.xmp.XmpReader;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.domain.asset.ImageFacts.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The entries of an image's metadata blocks, read by metadata-extractor. It sees these blocks alone, never the
/// file, each up to a size; whatever goes wrong in one costs that one's entries. What makers write in forms of
/// their own is left out: it is long, and nobody knows what it tells.
final class MetadataTags {
    private static final Logger LOG = LoggerFactory.getLogger(MetadataTags.class);
    private static final int LARGEST_BLOCK = 256 << 10;
    private static final int MOST_TAGS = 300;
    private static final int LONGEST_VALUE = 500;
    private static final int LONGEST_NAME = 100;

    /// Names of entries that may tell who or where somebody is.
    private static final Pattern PERSONAL = Pattern.compile(
            "gps|serial|owner|person|unique.?id|host.?computer|contact|phone|e-?mail|address"
                    + "|city|location|province|state|country|instanceid|documentid",
            Pattern.CASE_INSENSITIVE);

    private final List<Tag> tags = new ArrayList<>();

    private MetadataTags() {}

    static List<Tag> of(Metadata metadata) {
        MetadataTags read = new MetadataTags();
        read.block(metadata.exif(), (block, into) -> new ExifReader().extract(new ByteArrayReader(block), into));
        read.block(
                metadata.iptc(),
                (block, into) ->
                        new PhotoshopReader().extract(new SequentialByteArrayReader(block), block.length, into));
        read.block(metadata.xmp().filter(MetadataTags::isPlain), (block, into) -> new XmpReader().extract(block, into));
        return List.copyOf(read.tags);
    }

    private interface Reader {
        void read(byte[] block, com.drew.metadata.Metadata into);
    }

    private void block(Optional<byte[]> block, Reader reader) {
        if (block.isEmpty() || block.get().length > LARGEST_BLOCK) {
            return;
        }
        try {
            com.drew.metadata.Metadata read = new com.drew.metadata.Metadata();
            reader.read(block.get(), read);
            read.getDirectories().forEach(this::directory);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.debug("a block of metadata can't be read", e);
        }
    }

    /// Declarations of types and entities are no part of XMP, and could make a parser work without end.
    private static boolean isPlain(byte[] packet) {
        String text = new String(packet, StandardCharsets.ISO_8859_1);
        return text.indexOf('\0') < 0 && !text.contains("<!");
    }

    private void directory(Directory directory) {
        String name = directory.getName();
        if (directory instanceof ExifThumbnailDirectory || name.contains("Makernote")) {
            return;
        }
        if (directory instanceof XmpDirectory xmp) {
            for (Map.Entry<String, String> property : xmp.getXmpProperties().entrySet()) {
                add(name, property.getKey(), property.getValue(), false);
            }
            return;
        }
        for (com.drew.metadata.Tag tag : directory.getTags()) {
            if (tag.hasTagName()) {
                add(name, tag.getTagName(), tag.getDescription(), directory instanceof GpsDirectory);
            }
        }
    }

    private void add(String group, @Nullable String name, @Nullable String value, boolean personal) {
        if (tags.size() >= MOST_TAGS || name == null || value == null || value.isBlank()) {
            return;
        }
        boolean telling = personal || PERSONAL.matcher(name).find();
        tags.add(new Tag(clean(group, LONGEST_NAME), clean(name, LONGEST_NAME), clean(value, LONGEST_VALUE), telling));
    }

    /// Without characters that no database or page takes.
    private static String clean(String text, int longest) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .filter(point -> !Character.isISOControl(point)
                        && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE))
                .limit(longest)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }
}
