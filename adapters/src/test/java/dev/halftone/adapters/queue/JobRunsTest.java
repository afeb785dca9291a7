package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.adapters.postgres.image.JdbiAssetStore;
import dev.halftone.adapters.postgres.image.JdbiJobHousekeeping;
import dev.halftone.adapters.postgres.image.JdbiJobStore;
import dev.halftone.adapters.postgres.image.JdbiVariantStore;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.item.RetryBackoff;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.job.JobRun;
import dev.halftone.domain.job.JobState;
import dev.halftone.domain.job.JobStore.Begun;
import dev.halftone.domain.job.JobStore.Ending;
import dev.halftone.domain.job.NewJob;
import dev.halftone.domain.job.RunJob;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.form.PipelineReader;
import dev.halftone.domain.source.SourceUrl;
import dev.halftone.domain.variant.Variant;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What becomes of a job over its runs. The workers are names here; the test says which of them holds the job.
class JobRunsTest {
    private static final Pipeline PIPELINE =
            new Pipeline(List.of(new Operation.Blur(2)), PipelineReader.OUTPUT.withQuality(60));
    private static final Failure BAD = Failure.of(FailureCode.CORRUPT_IMAGE, "half of it");

    private static Plant plant;
    private static JdbiJobStore jobs;
    private static JdbiVariantStore variants;
    private static AssetId asset;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
        jobs = new JdbiJobStore(plant.database, plant.queue, plant.queue, plant.random);
        variants = new JdbiVariantStore(plant.database);
        asset = AssetId.random(plant.random);
        new JdbiAssetStore(plant.database)
                .add(
                        Caller.LOCAL,
                        new Asset(
                                asset,
                                ImageFormat.JPEG,
                                new PixelSize(40, 30),
                                100,
                                ContentHash.of(new byte[1]),
                                Instant.parse("2026-11-21T09:00:00Z")));
        JdbiNodes nodes = new JdbiNodes(plant.database);
        for (String name : List.of("one", "two", "dead-1", "dead-2", "dead-3")) {
            nodes.started(name);
        }
        plant.database.transaction(
                handle -> handle.execute("update node set seen = now() - interval '1 hour' where name like 'dead%'"));
    }

    @AfterAll
    static void end() {
        plant.close();
    }

    private static JobId submitted(String... webhook) {
        Optional<SourceUrl> url =
                webhook.length == 0 ? Optional.empty() : Optional.of(new SourceUrl(URI.create(webhook[0])));
        NewJob job = new NewJob(Owner.LOCAL, JobId.random(plant.random), asset, PIPELINE, url);
        return jobs.submit(job).orElseThrow().job().id();
    }

    private static JobRun taken(JobId id, String worker) {
        return plant.database.transaction(handle -> handle.createQuery("""
                        update job_queue set picked = true, picked_by = :worker, version = version + 1
                         where task_instance = :id returning version
                        """)
                .bind("worker", worker)
                .bind("id", id.toString())
                .map((row, context) -> new JobRun(id, worker, row.getLong(1)))
                .one());
    }

    private static Job found(JobId id) {
        return jobs.find(Owner.LOCAL, id).orElseThrow();
    }

    private static int queued(JobId id) {
        return plant.database.read(
                handle -> handle.createQuery("select count(*) from job_queue where task_instance = :id")
                        .bind("id", id.toString())
                        .mapTo(Integer.class)
                        .one());
    }

    private static List<String> events(JobId id) {
        return plant.database.read(
                handle -> handle.createQuery("select e.type from event e join job j on j.key = e.job where j.id = :id")
                        .bind("id", id.toString())
                        .mapTo(String.class)
                        .list());
    }

    private static void stored() {
        ContentHash hash = Variant.hashOf(PIPELINE);
        Variant variant = new Variant(
                asset,
                hash,
                Variant.keyOf(asset, hash, 0, ImageFormat.JPEG),
                ImageFormat.JPEG,
                new PixelSize(40, 30),
                90,
                List.of("a note"),
                Optional.of(ContentHash.of(new byte[90])));
        variants.put(variant, 0);
    }

    @Test
    void isStoredWithItsPipelineAndItsPlaceInTheQueue() {
        JobId id = submitted();

        assertThat(found(id).pipeline()).isEqualTo(PIPELINE);
        assertThat(found(id).state()).isEqualTo(JobState.PENDING);
        assertThat(queued(id)).isEqualTo(1);
        assertThat(jobs.submit(new NewJob(
                        Owner.LOCAL,
                        JobId.random(plant.random),
                        AssetId.random(plant.random),
                        PIPELINE,
                        Optional.empty())))
                .isEmpty();
    }

    @Test
    void endsWithItsResultAndOneEvent() {
        stored();
        JobId id = submitted("https://hook.example/a");
        JobRun run = taken(id, "one");
        Begun begun = jobs.begin(run).orElseThrow();
        jobs.progress(begun, 80);

        assertThat(begun.pipeline()).isEqualTo(PIPELINE);
        assertThat(found(id).progress()).isEqualTo(80);
        assertThat(found(id).state()).isEqualTo(JobState.PROCESSING);
        assertThat(jobs.end(run, begun, new Ending.Done())).isTrue();

        assertThat(found(id).state()).isEqualTo(JobState.DONE);
        assertThat(found(id).result().orElseThrow().notes()).containsExactly("a note");
        assertThat(found(id).finished()).isPresent();
        assertThat(events(id)).containsExactly("job.done");
        assertThat(queued(id)).isZero();
        assertThat(jobs.end(run, begun, new Ending.Failed(BAD))).isFalse();
        assertThat(found(id).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void aWorkerThatLostItsJobChangesNothing() {
        JobId id = submitted();
        JobRun frozen = taken(id, "one");
        Begun before = jobs.begin(frozen).orElseThrow();
        JobRun fresh = taken(id, "two");
        Begun after = jobs.begin(fresh).orElseThrow();

        jobs.progress(before, 99);
        assertThat(jobs.end(frozen, before, new Ending.Failed(BAD))).isFalse();
        assertThat(jobs.begin(frozen)).isEmpty();

        assertThat(found(id).progress()).isZero();
        assertThat(after.attempt()).isEqualTo(2);
        assertThat(jobs.end(fresh, after, new Ending.Failed(BAD))).isTrue();
        assertThat(found(id).state()).isEqualTo(JobState.FAILED);
        assertThat(found(id).failure()).contains(BAD);
        assertThat(events(id)).containsExactly("job.failed");
    }

    @Test
    void killsNoMoreThanThreeWorkers() {
        JobId id = submitted();
        for (String worker : List.of("dead-1", "dead-2", "dead-3")) {
            assertThat(jobs.begin(taken(id, worker))).isPresent();
        }

        assertThat(jobs.begin(taken(id, "two"))).isEmpty();

        assertThat(found(id).state()).isEqualTo(JobState.FAILED);
        assertThat(found(id).failure().orElseThrow().code()).isEqualTo(FailureCode.POISON);
        assertThat(events(id)).containsExactly("job.failed");
        assertThat(queued(id)).isZero();
    }

    @Test
    void waitsInTheQueueForAnotherAttempt() {
        JobId id = submitted();
        JobRun run = taken(id, "one");
        Begun begun = jobs.begin(run).orElseThrow();

        jobs.end(run, begun, new Ending.Again(BAD, Duration.ofHours(1)));

        assertThat(found(id).state()).isEqualTo(JobState.PENDING);
        assertThat(found(id).attempts()).isEqualTo(1);
        assertThat(found(id).failure()).isPresent();
        assertThat(queued(id)).isEqualTo(1);
        assertThat(events(id)).isEmpty();
    }

    @Test
    void anAttemptThatWasHandedBackDoesNotCount() {
        JobId id = submitted();
        JobRun run = taken(id, "one");

        jobs.end(run, jobs.begin(run).orElseThrow(), new Ending.HandedBack());

        assertThat(found(id).state()).isEqualTo(JobState.PENDING);
        assertThat(found(id).attempts()).isZero();
        assertThat(queued(id)).isEqualTo(1);
    }

    @Test
    void whatVanishedFromTheQueueIsPutBack() {
        JobId id = submitted();
        plant.database.transaction(
                handle -> handle.execute("delete from job_queue where task_instance = ?", id.toString()));

        assertThat(new JdbiJobHousekeeping(plant.database, plant.queue).requeueVanished())
                .isEqualTo(1);

        assertThat(queued(id)).isEqualTo(1);
    }

    @Test
    void triesAgainWhatMayPassAndGivesUpInTheEnd() {
        AtomicInteger runs = new AtomicInteger();
        JobId id = submitted();
        RunJob.Making failing = (image, pipeline, progress) -> {
            runs.incrementAndGet();
            throw HalftoneException.of(FailureCode.STORAGE_UNAVAILABLE, "away");
        };
        RetryBackoff three = new RetryBackoff(3, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        RunJob runJob = new RunJob(jobs, failing, three, plant.random);
        for (int i = 0; i < 3; i++) {
            runJob.run(taken(id, "one"));
        }

        assertThat(runs).hasValue(3);
        assertThat(found(id).state()).isEqualTo(JobState.FAILED);
        assertThat(found(id).attempts()).isEqualTo(3);
    }

    @Test
    void aNodeThatStopsHandsItsJobBack() throws Exception {
        Plant own = new Plant();
        try {
            JdbiJobStore store = new JdbiJobStore(own.database, own.queue, own.queue, own.random);
            AssetId image = AssetId.random(own.random);
            new JdbiAssetStore(own.database)
                    .add(
                            Caller.LOCAL,
                            new Asset(
                                    image,
                                    ImageFormat.JPEG,
                                    new PixelSize(4, 3),
                                    1,
                                    ContentHash.of(new byte[1]),
                                    Instant.parse("2026-11-21T09:00:00Z")));
            own.making = (made, pipeline, progress) -> new java.util.concurrent.CountDownLatch(1).await();
            WorkerNode node = own.node((item, compression) -> Plant.delivered(item));
            JobId id = JobId.random(own.random);
            store.submit(new NewJob(Owner.LOCAL, id, image, PIPELINE, Optional.empty()));
            Awaitility.await()
                    .atMost(Plant.LIMIT)
                    .until(() -> store.find(Owner.LOCAL, id).orElseThrow().state() == JobState.PROCESSING);

            node.close();

            assertThat(store.find(Owner.LOCAL, id).orElseThrow().state()).isEqualTo(JobState.PENDING);
            assertThat(store.find(Owner.LOCAL, id).orElseThrow().attempts()).isZero();
        } finally {
            own.close();
        }
    }
}
