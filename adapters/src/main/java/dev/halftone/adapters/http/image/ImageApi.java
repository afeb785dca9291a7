package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.request.ImageIntake;
import dev.halftone.adapters.http.request.News;
import dev.halftone.adapters.http.text.TextRoutes;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;

/// All routes of single images.
public final class ImageApi {
    private final ImageParts parts;
    private final ImageIntake intake;
    private final News news;
    private final ImageRoutes images;
    private final ProcessRoutes process;
    private final CompatImageRoutes compat;

    /// @param spool a folder that exists, for uploads on their way in
    public ImageApi(ImageParts parts, Path spool, News news) {
        this.parts = parts;
        this.news = news;
        this.intake = new ImageIntake(parts.limits().maxBytes(), spool);
        this.images = new ImageRoutes(parts, intake);
        this.process = new ProcessRoutes(parts);
        this.compat = new CompatImageRoutes(parts, images, process, intake);
    }

    public void addTo(Routing routing) {
        images.addTo(routing);
        process.addTo(routing);
        new JobRoutes(parts).addTo(routing);
        new JobFeed(parts, news).addTo(routing);
        compat.addTo(routing);
        new DuplicateRoutes(parts.batches(), parts.looks(), parts.objects()).addTo(routing);
        new ImaginaryRoutes(parts, intake).addTo(routing);
        new TextRoutes(parts.readText()).addTo(routing);
    }

    /// Whether a request to an address that takes CSVs too carries an image. Reads nothing away.
    ///
    /// @param largest of any file the address takes, in bytes
    public boolean isImage(Context ctx, long largest) throws IOException {
        return intake.isImage(ctx, largest);
    }

    /// `POST /upload` with an image.
    public void upload(Context ctx) throws IOException, InterruptedException {
        compat.upload(ctx);
    }
}
