package dev.halftone.app.wiring;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.awt.LumaSimilarity;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.inspect.PictureInspector;
import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.adapters.imaging.vips.EngineChoice;
import dev.halftone.adapters.imaging.vips.VipsEngine;
import dev.halftone.adapters.imaging.vips.VipsHeaders;
import dev.halftone.adapters.outbound.AddressPolicy;
import dev.halftone.adapters.outbound.GuardedHttp;
import dev.halftone.adapters.outbound.OutboundAllow;
import dev.halftone.adapters.outbound.download.GuardedDownloader;
import dev.halftone.adapters.outbound.download.HostPacing;
import dev.halftone.adapters.outbound.download.LocalFileDownloader;
import dev.halftone.adapters.outbound.download.SchemeDownloader;
import dev.halftone.adapters.outbound.webhook.StandardWebhookSender;
import dev.halftone.adapters.queue.NodeSettings;
import dev.halftone.adapters.work.FairTurns;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.domain.asset.AssetStore;
import dev.halftone.domain.engine.CpuTurns;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.engine.OriginalKeeper;
import dev.halftone.domain.event.EventSender;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.item.MakeRenditions;
import dev.halftone.domain.item.ProcessItem;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.text.TextRecognition;
import dev.halftone.domain.transform.RemoteHosts;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What the workers work with: the way to images and webhooks, the engines and their turns.
public final class Workshop implements AutoCloseable {
    private static final String USER_AGENT = "Halftone/0.1 (image compressor)";

    private final HalftoneConfig config;
    private final GuardedHttp http;
    private final FairTurns turns;
    private final Downloader downloader;
    private final HostPacing pacing;
    private final VipsEngine vips;
    private final VipsHeaders headers;
    private final EngineChain engines;
    private final OriginalKeeper originals = new ContainerOriginalKeeper();
    private final EventSender webhooks;
    private final OptionalParts optional;

    /// How this workshop differs from a service's.
    ///
    /// @param localFiles whether `file:` addresses are read
    /// @param downloader what stands in for the downloader; benchmarks replace it
    /// @param engine what stands in for each engine; benchmarks measure or replace it
    public record Tuning(boolean localFiles, UnaryOperator<Downloader> downloader, UnaryOperator<ImageEngine> engine) {
        static final Tuning SERVICE = new Tuning(false, UnaryOperator.identity(), UnaryOperator.identity());
        static final Tuning ONE_RUN = new Tuning(true, UnaryOperator.identity(), UnaryOperator.identity());
    }

    Workshop(HalftoneConfig config, Tuning tuning, InstantSource clock) {
        this.config = config;
        this.headers = new VipsHeaders(config.libvips());
        this.optional = new OptionalParts(config);
        this.http = new GuardedHttp(new AddressPolicy(OutboundAllow.parse(config.outboundAllow())), USER_AGENT, clock);
        this.pacing = new HostPacing(config.hostConcurrency(), clock);
        AwtEngine awt = new AwtEngine(optional.matting());
        this.vips = new VipsEngine(config.libvips(), EngineChoice.FASTER, awt, LumaSimilarity::between);
        this.engines = new EngineChain(
                Stream.of(new JpegTranscodeEngine(), vips, awt)
                        .map(tuning.engine())
                        .toList(),
                originals,
                System::nanoTime);
        Downloader remote = new GuardedDownloader(http, pacing, GuardedDownloader.TIME);
        Downloader files = tuning.localFiles() ? new LocalFileDownloader() : Workshop::refuseFile;
        this.downloader = tuning.downloader().apply(new SchemeDownloader(files, remote));
        this.webhooks = new StandardWebhookSender(http, clock, StandardWebhookSender.TIME);
        this.turns = new FairTurns(config.cpuTurns(), Runtime.getRuntime().maxMemory() / 2);
    }

    private static byte[] refuseFile(
            dev.halftone.domain.source.SourceUrl url, dev.halftone.domain.image.ImageLimits limits) {
        throw HalftoneException.of(FailureCode.INVALID_URL, "the scheme is file, only http and https are fetched");
    }

    ProcessItem process(ObjectStore objects) {
        return new ProcessItem(
                openImage(),
                turns,
                engines,
                new MakeRenditions(engines, headers, config.imageLimits()),
                objects,
                config.imageLimits(),
                inspector());
    }

    PictureInspector inspector() {
        return new PictureInspector(vips, headers::heif);
    }

    OpenImage openImage() {
        return new OpenImage(downloader, config.imageLimits());
    }

    CpuTurns turns() {
        return turns;
    }

    EngineChain engines() {
        return engines;
    }

    OriginalKeeper originals() {
        return originals;
    }

    /// Pictures by URL, of uploaded images and of allowed hosts.
    Gallery gallery(AssetStore assets, ObjectStore objects, InstantSource clock) {
        RemoteHosts hosts = config.transforms().remoteHosts();
        Downloader narrow = new GuardedDownloader(http, pacing, GuardedDownloader.TIME, hosts::allow);
        Gallery.Tools tools = new Gallery.Tools(engines, headers, originals, turns, narrow, written());
        return new Gallery(config, tools, assets, objects, clock);
    }

    /// What all engines together write.
    private Set<ImageFormat> written() {
        Set<ImageFormat> all = EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP);
        all.addAll(VipsEngine.written(config.libvips()));
        return all;
    }

    /// A line for each engine: its name, whether it is active, and what it does or why it does not.
    public static List<String> engines(HalftoneConfig config) {
        return List.of(
                OptionalParts.line("jpeg", true, "JPEG to JPEG without pixels"),
                OptionalParts.line("vips", VipsEngine.isActive(config.libvips()), VipsEngine.report(config.libvips())),
                OptionalParts.line("awt", true, AwtEngine.report()));
    }

    /// A line for each part that works when it is installed.
    public static List<String> optionalParts(HalftoneConfig config) {
        return OptionalParts.report(config);
    }

    TextRecognition textRecognition() {
        return optional.text();
    }

    EventSender webhooks() {
        return webhooks;
    }

    NodeSettings node(String name) {
        return NodeSettings.of(name);
    }

    @Override
    public void close() {
        turns.close();
        http.close();
        optional.close();
    }
}
