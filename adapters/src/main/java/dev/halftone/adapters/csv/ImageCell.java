package dev.halftone.adapters.csv;

import dev.halftone.domain.source.SourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How several addresses stand in one cell. They are split where a comma, semicolon, bar or white space is
/// followed by `http://` or `https://`, or by the end of the cell; never at a bare comma, which image addresses
/// use themselves (`w_300,h_200,c_fill`). Where paths are read as well, `file:` starts an address too, and a cell
/// without any such start is split at its separators when every part ends like the name of an image file.
final class ImageCell {
    private static final Set<String> IMAGE_ENDINGS = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "tif", "tiff", "ico", "avif", "heic", "heif",
            "jxl", "jp2", "psd", "svg");

    private ImageCell() {}

    /// @return the addresses in order, none of them blank; the text as it is where it holds no address
    static List<String> split(String cell, SourceReader sources) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 1; i < cell.length(); i++) {
            if (isSeparator(cell.charAt(i - 1)) && startsAddress(cell, i, sources)) {
                addTrimmed(cell, from, i, parts);
                from = i;
            }
        }
        addTrimmed(cell, from, cell.length(), parts);
        return parts.size() == 1 && sources.readsPaths() && !startsAddress(parts.getFirst(), 0, sources)
                ? splitPaths(parts.getFirst())
                : List.copyOf(parts);
    }

    /// The cell with the passwords of its addresses starred out.
    static String withoutPasswords(String cell, SourceReader sources) {
        if (cell.indexOf('@') < 0) {
            return cell;
        }
        StringBuilder masked = new StringBuilder(cell.length());
        int from = 0;
        for (String address : split(cell, sources)) {
            int at = cell.indexOf(address, from);
            masked.append(cell, from, at).append(Shown.withoutPassword(address));
            from = at + address.length();
        }
        return masked.append(cell, from, cell.length()).toString();
    }

    /// Whether a cell holds an address and not other text.
    static boolean isAddress(String cell, SourceReader sources) {
        int start = 0;
        while (start < cell.length() && isSeparator(cell.charAt(start))) {
            start++;
        }
        return startsAddress(cell, start, sources) || sources.readsPaths() && endsLikeAnImage(cell);
    }

    /// Whether a cell behind the image cell can be more of an unquoted list. Not behind other text, as a name with
    /// a comma pushes there; and not a path behind a web address, which is the rest of an address with a comma.
    static boolean continuesList(String imageCell, String cell, SourceReader sources) {
        if (!imageCell.isBlank() && !isAddress(imageCell, sources)) {
            return false;
        }
        return isAddress(cell, SourceReader.REMOTE)
                || isAddress(cell, sources) && !isAddress(imageCell, SourceReader.REMOTE);
    }

    private static boolean startsAddress(String text, int at, SourceReader sources) {
        return text.regionMatches(true, at, "http://", 0, 7)
                || text.regionMatches(true, at, "https://", 0, 8)
                || sources.readsPaths() && text.regionMatches(true, at, "file:", 0, 5);
    }

    private static List<String> splitPaths(String text) {
        List<String> paths = new ArrayList<>();
        for (String part : text.split("[,;|\\r\\n]")) {
            addTrimmed(part, 0, part.length(), paths);
        }
        return paths.stream().allMatch(ImageCell::endsLikeAnImage) ? List.copyOf(paths) : List.of(text);
    }

    private static boolean endsLikeAnImage(String path) {
        String text = path.strip();
        return IMAGE_ENDINGS.contains(text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                && text.indexOf('.') >= 0;
    }

    private static void addTrimmed(String text, int from, int to, List<String> parts) {
        int start = from;
        int end = to;
        while (start < end && isSeparator(text.charAt(start))) {
            start++;
        }
        while (end > start && isSeparator(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            parts.add(text.substring(start, end));
        }
    }

    private static boolean isSeparator(char c) {
        return c == ',' || c == ';' || c == '|' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
