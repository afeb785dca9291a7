package dev.halftone.adapters.storage.s3;

import java.util.Map;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// What every object is put with: its type, how long it may be cached, how it is encrypted.
///
/// An output never changes under its address, so caches keep it for good; what is no picture is nobody's to
/// cache.
record S3Requests(String bucket, S3Settings.Encryption encryption) {
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String NOBODY = "private, no-store";

    PutObjectRequest put(String key, String mediaType) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(mediaType)
                .cacheControl(caching(mediaType));
        switch (encryption) {
            case S3Settings.Encryption.OfBucket() -> {}
            case S3Settings.Encryption.OfS3() -> request.serverSideEncryption(ServerSideEncryption.AES256);
            case S3Settings.Encryption.OfKms kms -> {
                request.serverSideEncryption(ServerSideEncryption.AWS_KMS);
                kms.keyId().ifPresent(request::ssekmsKeyId);
            }
        }
        return request.build();
    }

    CreateMultipartUploadRequest begin(String key, String mediaType, Map<String, String> metadata) {
        PutObjectRequest like = put(key, mediaType);
        return CreateMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(mediaType)
                .cacheControl(like.cacheControl())
                .metadata(metadata)
                .serverSideEncryption(like.serverSideEncryption())
                .ssekmsKeyId(like.ssekmsKeyId())
                .build();
    }

    private static String caching(String mediaType) {
        return mediaType.startsWith("image/") ? FOR_GOOD : NOBODY;
    }
}
