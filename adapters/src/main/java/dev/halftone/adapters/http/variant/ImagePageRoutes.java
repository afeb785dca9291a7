package dev.halftone.adapters.http.variant;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.image.ImageParts;
import dev.halftone.adapters.http.page.ImagePage;
import dev.halftone.adapters.http.page.Mistake;
import dev.halftone.adapters.http.page.Pages;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.problem.VariantProblems;
import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.adapters.http.request.JsonBody;
import dev.halftone.adapters.http.request.PlainForm;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.asset.DescribeImage;
import dev.halftone.domain.job.ProcessImage;
import dev.halftone.domain.pipeline.form.PipelineReader;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.transform.TransformRefused;
import dev.halftone.domain.variant.Variant;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An uploaded image's page: the picture, what is known of it, addresses to copy, and forms to try others and
/// pipelines.
public final class ImagePageRoutes {
    private static final List<String> FIELDS = List.of("w", "h", "fit", "crop", "fm", "q", "rot", "blur", "txt");

    private static final String EXAMPLE = """
            [
              {"operation": "resize", "width": 800, "height": 800, "fit": "max"},
              {"operation": "format", "type": "webp", "quality": 80}
            ]""";

    private final ImageParts images;
    private final VariantParts variants;
    private final ImageView view;

    public ImagePageRoutes(ImageParts images, VariantParts variants, Pages pages) {
        this.images = images;
        this.variants = variants;
        this.view = new ImageView(variants, images.links(), pages);
    }

    public void addTo(Routing routing) {
        routing.get("/images/{id}/try", this::tryAddress);
        routing.post("/images/{id}/try", this::tryPipeline);
    }

    /// The page itself, at the image's bare address.
    public void show(Context ctx, Owner owner) throws InterruptedException {
        view.send(ctx, described(ctx, owner), Map.of(), EXAMPLE, null);
    }

    private void tryAddress(Context ctx) throws InterruptedException {
        if (!view.isOpen()) {
            throw VariantProblems.invalidSignature();
        }
        DescribeImage.Described found = described(ctx, Callers.owner(ctx));
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : FIELDS) {
            String value = ctx.queryParam(name);
            if (value != null && !value.isBlank()) {
                values.put(name, value.strip());
            }
        }
        view.send(ctx, found, values, EXAMPLE, triedAddress(ctx, found.asset(), values));
    }

    private ImagePage.Tried triedAddress(Context ctx, Asset asset, Map<String, String> values) {
        String query = query(values);
        try {
            TransformQuery read = variants.reader().read(query);
            read.over(asset.format(), asset.size());
        } catch (TransformRefused refused) {
            return refused(ctx, VariantProblems.of(refused));
        }
        String path = images.links().shownPath(asset.id(), query);
        return new ImagePage.Tried(
                true,
                "This is the picture",
                "Made when it is asked for, and cached.",
                images.links().absolute(path),
                path,
                List.of());
    }

    private static String query(Map<String, String> values) {
        List<String> pairs = new ArrayList<>();
        values.forEach((name, value) -> pairs.add(
                name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")));
        return String.join("&", pairs);
    }

    private static ImagePage.Tried refused(Context ctx, Refusal refusal) {
        if (!AcceptHeader.takesPages(ctx)) {
            throw refusal;
        }
        ctx.status(refusal.problem().status());
        return new ImagePage.Tried(
                false,
                refusal.problem().title(),
                refusal.problem().detail(),
                "",
                "",
                refusal.problem().errors().size() > 1
                        ? Mistake.of(refusal.problem().errors())
                        : List.of());
    }

    private void tryPipeline(Context ctx) throws InterruptedException {
        DescribeImage.Described found = described(ctx, Callers.owner(ctx));
        String text = PlainForm.field(ctx, "operations").orElse("");
        ImagePage.Tried tried;
        try {
            tried = triedPipeline(ctx, found.asset().id(), text);
        } catch (Refusal refusal) {
            tried = refused(ctx, refusal);
        }
        view.send(ctx, found, Map.of(), text, tried);
    }

    private ImagePage.Tried triedPipeline(Context ctx, AssetId id, String text) throws InterruptedException {
        PipelineReader.Result read = PipelineReader.read(JsonBody.parsed("operations", text));
        return switch (read) {
            case PipelineReader.Result.Bad bad -> refused(ctx, Problems.of(bad));
            case PipelineReader.Result.Good good ->
                switch (images.process().process(Callers.owner(ctx), id, good.pipeline(), false, Optional.empty())) {
                    case ProcessImage.Result.Made made -> made(made.variant());
                    case ProcessImage.Result.Queued queued ->
                        new ImagePage.Tried(
                                true,
                                "It takes longer, and is done in the background",
                                "The address tells how far it is, and where the result is.",
                                images.links().job(queued.job().id()),
                                "",
                                List.of());
                    case ProcessImage.Result.NoSuchImage none -> throw Problems.noSuchImage();
                    case ProcessImage.Result.NoSuchMark mark ->
                        throw RequestProblems.noSuchThing(
                                "imageId", "there is no image " + mark.id() + " to lay on this one");
                };
        };
    }

    private ImagePage.Tried made(Variant variant) {
        List<String> said = new ArrayList<>(
                List.of(variant.format().wire() + ", " + variant.size() + ", " + variant.bytes() + " bytes"));
        said.addAll(variant.notes());
        return new ImagePage.Tried(
                true,
                "The pipeline's result",
                String.join("; ", said),
                images.address().apply(variant.key()),
                shown(variant.key()),
                List.of());
    }

    /// What this server serves itself is shown from the address that the browser is at.
    private String shown(ObjectKey key) {
        String address = images.address().apply(key);
        return address.equals(images.links().file(key)) ? "/files/" + key : address;
    }

    private DescribeImage.Described described(Context ctx, Owner owner) throws InterruptedException {
        Optional<AssetId> id = AssetId.parse(ctx.pathParam("id"));
        Optional<DescribeImage.Described> found =
                id.isPresent() ? images.describe().describe(owner, id.get()) : Optional.empty();
        return found.orElseThrow(Problems::noSuchImage);
    }
}
