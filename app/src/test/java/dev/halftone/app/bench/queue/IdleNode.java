package dev.halftone.app.bench.queue;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.queue.DbSchedulerQueue;
import dev.halftone.adapters.queue.NodeSettings;
import dev.halftone.adapters.queue.WorkerNode;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ProcessItem;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// A worker of [QueueBench] in a process of its own: every item is done at once, nothing is fetched, encoded or
/// stored. It works until its standard input ends.
public final class IdleNode {
    private static final ContentHash HASH = ContentHash.of(new byte[] {1});

    private IdleNode() {}

    public static void main(String[] arguments) throws IOException {
        PostgresSettings settings =
                PostgresSettings.of(arguments[0], Optional.of(arguments[1]), Optional.of(arguments[2]));
        try (Database database = Database.open(settings);
                WorkerNode node = on(database)) {
            node.start();
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // Waits for the end.
            }
        }
    }

    static WorkerNode on(Database database) {
        SecureRandom random = new SecureRandom();
        return new WorkerNode(
                database,
                new DbSchedulerQueue(database, random),
                (item, recipe) -> done(item),
                (asset, pipeline, progress) -> {},
                event -> "{}",
                message -> new DeliveryResult.Accepted(200),
                NodeSettings.of("bench"),
                List.of(),
                random);
    }

    private static ItemOutcome done(Item item) {
        return new ItemOutcome.Delivered(
                false,
                100_000,
                new ItemOutcome.Output(
                        ProcessItem.keyOf(item, ImageFormat.JPEG),
                        ImageFormat.JPEG,
                        new PixelSize(1_000, 800),
                        40_000,
                        HASH,
                        List.of()));
    }
}
