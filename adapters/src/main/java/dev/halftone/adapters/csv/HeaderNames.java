package dev.halftone.adapters.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What columns are called: in the assignment-like CSVs, in exports of Shopify, WooCommerce, Magento, PrestaShop
/// and in product feeds for Google and Meta. Each list is in order of preference.
final class HeaderNames {
    static final List<String> IMAGE = List.of(
            "inputimageurls",
            "inputimageurl",
            "inputimagesurls",
            "inputimages",
            "imageurls",
            "imageurl",
            "imageurlsxyz",
            "productimageurls",
            "productimageurl",
            "images",
            "imagesrc",
            "imagelinks",
            "imagelink",
            "productimages",
            "productimage",
            "imagesurls",
            "imagesurl",
            "imgurls",
            "imgurl",
            "imageaddresses",
            "imageaddress",
            "imagepaths",
            "imagepath",
            "imagefiles",
            "imagefile",
            "baseimage",
            "mainimage",
            "featuredimage",
            "image",
            "pictureurls",
            "pictureurl",
            "photourls",
            "photourl",
            "pictures",
            "picture",
            "photos",
            "photo",
            "inputurls",
            "inputurl",
            "urls",
            "url");
    static final List<String> PRODUCT = List.of(
            "productname",
            "product",
            "producttitle",
            "name",
            "title",
            "itemname",
            "item",
            "productsku",
            "sku",
            "productcode",
            "urlhandle",
            "handle");
    static final List<String> SERIAL = List.of(
            "sno",
            "serialnumber",
            "serialno",
            "serial",
            "srno",
            "slno",
            "sn",
            "no",
            "number",
            "nr",
            "num",
            "index",
            "row",
            "rownumber",
            "rowno",
            "lineno",
            "itemno",
            "id",
            "productid",
            "urlhandle",
            "handle");

    private HeaderNames() {}

    /// Letters and digits in lower case; `#` and `№` stand for `no`.
    static List<String> normalised(List<String> headers) {
        return headers.stream().map(HeaderNames::normalised).toList();
    }

    static String normalised(String header) {
        String text = header.strip();
        if (text.equals("#") || text.equals("№")) {
            return "no";
        }
        StringBuilder kept = new StringBuilder();
        text.codePoints().filter(Character::isLetterOrDigit).forEach(kept::appendCodePoint);
        return kept.toString().toLowerCase(Locale.ROOT);
    }

    /// The columns that have one of the names, the preferred name first, each name's first column only.
    static List<Integer> ranked(List<String> synonyms, List<String> keys) {
        List<Integer> columns = new ArrayList<>();
        for (String synonym : synonyms) {
            int column = keys.indexOf(synonym);
            if (column >= 0) {
                columns.add(column);
            }
        }
        return columns;
    }
}
