package dev.halftone.adapters.http.text;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.text.ReadText;
import io.javalin.http.Context;

/// `GET /api/images/{id}/text`: the text that an image shows, as JSON with boxes, or plain.
public final class TextRoutes {
    private static final String PLAIN = "text/plain";
    private static final String JSON = "application/json";

    private final ReadText readText;

    public TextRoutes(ReadText readText) {
        this.readText = readText;
    }

    public void addTo(Routing routing) {
        routing.get("/api/images/{id}/text", this::show);
    }

    private void show(Context ctx) throws InterruptedException {
        AssetId id = AssetId.parse(ctx.pathParam("id")).orElseThrow(Problems::noSuchImage);
        switch (readText.read(Callers.owner(ctx), id, new Parameters(ctx).text("lang"))) {
            case ReadText.Result.NoSuchImage none -> throw Problems.noSuchImage();
            case ReadText.Result.UnknownLanguage unknown ->
                throw RequestProblems.badField(
                        "lang",
                        "unknown_language",
                        "is one or more of " + String.join(", ", unknown.installed())
                                + ", joined by +; the operator can" + " install others");
            case ReadText.Result.Read read -> {
                ctx.header("Vary", "Accept");
                if (AcceptHeader.of(ctx.header("Accept")).prefers(PLAIN, JSON)) {
                    ctx.contentType(PLAIN + "; charset=utf-8")
                            .result(read.text().text());
                } else {
                    ctx.contentType(JSON + "; charset=utf-8").result(Json.bytes(TextJson.of(read)));
                }
            }
        }
    }
}
