package dev.halftone.adapters.storage.s3;

import java.net.URI;
import java.util.function.Function;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The public addresses of objects, as the settings want them. Thread-safe.
final class S3Addresses implements AutoCloseable {

    /// An object's name in Halftone and in the bucket.
    record Names(String key, String inBucket) {
        static Names of(String key, String prefix) {
            return new Names(key, prefix.isEmpty() ? key : prefix + "/" + key);
        }
    }

    private final boolean ofTheService;
    private final Function<Names, URI> address;
    private final Runnable close;

    private S3Addresses(boolean ofTheService, Function<Names, URI> address, Runnable close) {
        this.ofTheService = ofTheService;
        this.address = address;
        this.close = close;
    }

    /// @param service the service's own public address
    static S3Addresses of(S3Settings settings, URI service) {
        return switch (settings.addresses()) {
            case S3Settings.Addresses.OfBucket() -> plain(withSlash(bucket(settings)) + "{key}");
            case S3Settings.Addresses.Template(String text) -> plain(text);
            case S3Settings.Addresses.OfService() ->
                new S3Addresses(true, names -> URI.create(withSlash(service) + "files/" + names.key()), () -> {});
            case S3Settings.Addresses.Presigned signed -> presigned(settings, signed);
        };
    }

    /// Whether the service answers them itself, so that they work once it runs.
    boolean areOfTheService() {
        return ofTheService;
    }

    URI of(Names names) {
        return address.apply(names);
    }

    @Override
    public void close() {
        close.run();
    }

    private static S3Addresses plain(String template) {
        return new S3Addresses(false, names -> URI.create(template.replace("{key}", names.inBucket())), () -> {});
    }

    private static S3Addresses presigned(S3Settings settings, S3Settings.Addresses.Presigned signed) {
        S3Presigner presigner = S3Clients.presigner(settings);
        return new S3Addresses(
                false,
                names -> presigner
                        .presignGetObject(request -> request.signatureDuration(signed.lifetime())
                                .getObjectRequest(
                                        get -> get.bucket(settings.bucket()).key(names.inBucket())))
                        .httpRequest()
                        .getUri(),
                presigner::close);
    }

    /// By the SDK's own rules: path or host name, region, partition.
    private static URI bucket(S3Settings settings) {
        return S3EndpointProvider.defaultProvider()
                .resolveEndpoint(wanted -> {
                    wanted.region(Region.of(settings.region()))
                            .bucket(settings.bucket())
                            .forcePathStyle(settings.pathStyle());
                    settings.endpoint().ifPresent(endpoint -> wanted.endpoint(endpoint.toString()));
                })
                .join()
                .endpointUrl()
                .toUri();
    }

    private static String withSlash(URI base) {
        return base.toString().replaceFirst("/*$", "/");
    }
}
