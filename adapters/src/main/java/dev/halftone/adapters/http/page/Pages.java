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
    private final boolean logIns;

    public Pages(Assets assets) {
        this(assets, false);
    }

    /// @param logIns whether people log in, and so can log out
    public Pages(Assets assets, boolean logIns) {
        this.assets = assets;
        this.logIns = logIns;
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

    public byte[] logIn(LogInPage page) {
        return render("login.jte", page);
    }

    public byte[] problem(ProblemJson problem) {
        return render("problem.jte", ProblemPage.of(visitorLayout(problem.title()), problem));
    }

    public Layout layout(String title, String section, @Nullable Integer refresh) {
        return new Layout(title + " – Halftone", section, assets.stylesheet(), assets.icon(), refresh, logIns);
    }

    /// Of a page that may be shown to somebody who is not logged in.
    public Layout visitorLayout(String title) {
        return new Layout(title + " – Halftone", "", assets.stylesheet(), assets.icon(), null, false);
    }

    private byte[] render(String template, Object page) {
        Utf8ByteOutput out = new Utf8ByteOutput();
        engine.render(template, page, out);
        return out.toByteArray();
    }
}
