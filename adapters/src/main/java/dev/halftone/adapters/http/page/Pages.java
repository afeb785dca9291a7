package dev.halftone.adapters.http.page;

import dev.halftone.adapters.http.json.ProblemJson;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import org.jspecify.annotations.Nullable;

/// Renders the pages from templates that the build compiled. Everything shown is escaped by the engine.
public final class Pages {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Assets assets;

    public Pages(Assets assets) {
        this.assets = assets;
    }

    public byte[] upload(UploadPage page) {
        return render("upload.jte", page);
    }

    public byte[] accepted(AcceptedPage page) {
        return render("accepted.jte", page);
    }

    public byte[] batches(BatchesPage page) {
        return render("batches.jte", page);
    }

    public byte[] batch(BatchPage page) {
        return render("batch.jte", page);
    }

    public byte[] image(ImagePage page) {
        return render("image.jte", page);
    }

    public byte[] problem(ProblemJson problem) {
        return render("problem.jte", ProblemPage.of(layout(problem.title(), "", null), problem));
    }

    public Layout layout(String title, String section, @Nullable Integer refresh) {
        return new Layout(title + " – Halftone", section, assets.stylesheet(), assets.icon(), refresh);
    }

    private byte[] render(String template, Object page) {
        Utf8ByteOutput out = new Utf8ByteOutput();
        engine.render(template, page, out);
        return out.toByteArray();
    }
}
