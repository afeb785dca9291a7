package dev.halftone.adapters.http.variant;

import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.http.page.ImagePage;
import dev.halftone.adapters.http.page.Pages;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.DescribeImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.transform.TransformRules;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Renders an image's page, with the addresses that it offers. Where addresses have to be signed, those that
/// are listed are; none of a visitor's making is.
final class ImageView {
    /// Formats that every browser shows.
    private static final Set<ImageFormat> SHOWN =
            Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.GIF, ImageFormat.WEBP);

    private final VariantParts variants;
    private final Links links;
    private final Pages pages;

    ImageView(VariantParts variants, Links links, Pages pages) {
        this.variants = variants;
        this.links = links;
        this.pages = pages;
    }

    /// Whether a visitor may name any transform.
    boolean isOpen() {
        return variants.key().isEmpty() && !variants.reader().rules().presetsOnly();
    }

    void send(
            Context ctx,
            DescribeImage.Described found,
            Map<String, String> values,
            String operations,
            ImagePage.@Nullable Tried tried) {
        Asset asset = found.asset();
        TransformRules rules = variants.reader().rules();
        ImagePage.Form form = isOpen() ? new ImagePage.Form(values, rules.formats()) : null;
        ImagePage page = ImagePage.of(
                pages.layout("Image " + asset.id().toString().substring(0, 8), "", null),
                asset,
                found.facts(),
                new ImagePage.Actions(preview(asset, rules), ready(asset, rules), form, operations, tried));
        ctx.header("Cache-Control", "no-store");
        ctx.contentType("text/html; charset=utf-8").result(pages.image(page));
    }

    private String preview(Asset asset, TransformRules rules) {
        String query =
                rules.presetsOnly() ? "" : SHOWN.contains(asset.format()) ? "w=960&auto=format" : "w=960&fm=webp";
        return links.shownPath(asset.id(), query);
    }

    private List<ImagePage.Ready> ready(Asset asset, TransformRules rules) {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("As it came, without its metadata", "");
        if (!rules.presetsOnly()) {
            queries.put("300 pixels wide", "w=300");
            queries.put("A square thumbnail", "w=300&h=300&fit=crop");
            queries.put("For a web page, in the format that the browser takes", "w=1280&auto=format,compress");
        }
        rules.presets().names().forEach(name -> queries.put("The preset " + name, "p=" + name));
        return queries.entrySet().stream()
                .map(one ->
                        new ImagePage.Ready(one.getKey(), links.absolute(links.shownPath(asset.id(), one.getValue()))))
                .toList();
    }
}
