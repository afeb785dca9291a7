package dev.halftone.adapters.csv.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.manifest.ManifestRefused;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Tells by a file's first bytes that it is something other than a CSV.
final class FileKind {
    /// Share of control characters above which no text is that way.
    private static final double BINARY_SHARE = 0.1;

    private static final Map<String, String> MAGIC = magic();

    private FileKind() {}

    /// @param head the first bytes of the file, a kilobyte or more where there is that much
    /// @throws ManifestRefused telling what the file is, when it is no CSV
    static void refuseOther(byte[] head) {
        otherThanCsv(head).ifPresent(kind -> {
            throw new ManifestRefused(
                    ManifestRefused.Reason.NOT_CSV,
                    "The file is " + kind + ", not a CSV. Save it as CSV with the columns S. No., Product Name and"
                            + " Input Image Urls.");
        });
    }

    private static Optional<String> otherThanCsv(byte[] head) {
        String text = new String(head, ISO_8859_1);
        for (Map.Entry<String, String> kind : MAGIC.entrySet()) {
            if (text.startsWith(kind.getKey())) {
                return Optional.of(kind.getValue());
            }
        }
        Optional<String> markup = markup(text);
        if (markup.isPresent()) {
            return markup;
        }
        // A BMP's magic is the two letters BM: a header may begin so.
        return ImageFormat.sniff(head)
                .filter(format -> format != ImageFormat.BMP || text.indexOf('\0') >= 0)
                .map(format -> "an image (" + format.wire() + ")")
                .or(() -> isBinary(head) ? Optional.of("a binary file") : Optional.empty());
    }

    /// Whether every second byte is 0, as ASCII letters are in UTF-16.
    static boolean isUtf16WithoutMark(byte[] head) {
        int pairs = Math.min(head.length, 64) / 2;
        int evenZeros = 0;
        int oddZeros = 0;
        for (int i = 0; i < pairs; i++) {
            evenZeros += head[2 * i] == 0 ? 1 : 0;
            oddZeros += head[2 * i + 1] == 0 ? 1 : 0;
        }
        return pairs >= 4 && (evenZeros == 0 && oddZeros >= pairs - 1 || oddZeros == 0 && evenZeros >= pairs - 1);
    }

    private static Map<String, String> magic() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("PK\3\4", "a ZIP archive or an Excel workbook (.xlsx)");
        kinds.put("PK\5\6", "an empty ZIP archive");
        kinds.put("\320\317\021\340\241\261\032\341", "an old Excel workbook (.xls)");
        kinds.put("%PDF-", "a PDF document");
        kinds.put("{\\rtf", "an RTF document");
        kinds.put("\037\213", "a gzip archive");
        kinds.put("7z\274\257", "a 7z archive");
        kinds.put("Rar!\032", "a RAR archive");
        return kinds;
    }

    private static Optional<String> markup(String text) {
        String start = (text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text)
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        if (start.startsWith("<?xml") || start.startsWith("<svg") || start.startsWith("<feed")) {
            return Optional.of("an XML document");
        }
        if (start.startsWith("<!") || start.matches("(?s)<(html|head|body|table|div|meta|style|script|p|h1)[\\s>].*")) {
            return Optional.of("an HTML page");
        }
        if (start.matches("(?s)(\\{\\s*\"|\\[\\s*[{\\[\"]).*")) {
            return Optional.of("JSON");
        }
        return Optional.empty();
    }

    private static boolean isBinary(byte[] head) {
        int controls = 0;
        for (byte b : head) {
            boolean text = b < 0 || b >= 0x20 || b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1b;
            controls += text ? 0 : 1;
        }
        return controls > 4 && controls > head.length * BINARY_SHARE;
    }
}
