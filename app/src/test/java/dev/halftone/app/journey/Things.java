package dev.halftone.app.journey;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/// One of each thing that an id in a path stands for, all of one client's.
///
/// @param delivery of the batch's end, to the endpoint
public record Things(String batch, String image, String job, String delivery, String endpoint) {
    public static final String PIPELINE = "{\"operations\":[{\"operation\":\"grayscale\"}]}";

    /// Has them made, and waits until they are.
    public static Things made(Api api, ImageHost host, String product) throws Exception {
        host.put("/a.jpg", Pictures.jpeg(64, 48, 1));
        String hook = host.url("/hook");
        String csv = "S. No.,Product Name,Input Image Urls\n1," + product + "," + host.url("/a.jpg") + "\n";
        String batch = Api.json(api.submit(csv, "?duplicates=true&webhookUrl=" + hook))
                .get("requestId")
                .asText();
        String image = api.upload(Pictures.png(20, 10, 1)).get("imageId").asText();
        String job = Api.json(api.post(
                        "/api/images/" + image + "/process",
                        "application/json",
                        PIPELINE.replaceFirst("}$", ",\"webhookUrl\":\"" + hook + "\"}")))
                .get("jobId")
                .asText();
        api.awaitEnd(batch);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.json("/api/jobs/" + job).get("status").asText().equals("done"));
        JsonNode told = api.json("/api/batches/" + batch + "/deliveries").at("/deliveries/0");
        return new Things(
                batch,
                image,
                job,
                told.get("deliveryId").asText(),
                told.get("endpointId").asText());
    }

    /// What the id in a path stands for.
    public String of(String path) {
        if (path.contains("webhooks")) {
            return endpoint;
        }
        if (path.startsWith("/api/deliveries")) {
            return delivery;
        }
        return path.contains("jobs") || path.contains("download") ? job : path.contains("images") ? image : batch;
    }
}
