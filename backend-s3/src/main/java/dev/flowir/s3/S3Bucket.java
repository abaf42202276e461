package dev.flowir.s3;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobDraft;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobRange;
import dev.flowir.blob.BlobRemote;
import dev.flowir.blob.BlobReplacing;
import dev.flowir.blob.UploadedPart;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One bucket of a server. */
final class S3Bucket implements BlobRemote {

    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNMET = 412;
    private static final String NO_BUCKET = "NoSuchBucket";
    private static final long MOST_COPIED = 5L * 1024 * 1024 * 1024;

    private final Calls calls;
    private final String bucket;
    private final Parts parts;
    private final Many many;
    private final AtomicBoolean closed = new AtomicBoolean();

    S3Bucket(Calls calls, String bucket, int connections) {
        this.calls = calls;
        this.bucket = bucket;
        this.parts = new Parts(calls, bucket);
        this.many = new Many(calls, bucket, connections);
    }

    private void ensureOpen() {
        if (closed.get()) {
            throw new BlobException(BlobFault.CLOSED, "the bucket " + bucket + " is closed");
        }
    }

    @Override
    public Optional<BlobInfo> head(String key) {
        ensureOpen();
        return look(key);
    }

    private Optional<BlobInfo> look(String key) {
        HeadObjectRequest request = HeadObjectRequest.builder().bucket(bucket).key(key).build();
        return unless(S3Bucket::isMissing, () -> calls.call(client -> client.headObject(request)))
                .map(answer -> Properties.of(answer).info(key, length(answer)));
    }

    private static long length(HeadObjectResponse answer) {
        return Optional.ofNullable(answer.contentLength()).orElse(0L);
    }

    /** What the work gives; empty where the server's answer says that there is nothing to give. */
    private static <T> Optional<T> unless(
            java.util.function.Predicate<S3Exception> nothing, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (S3CallException | BlobException e) {
            if (e.getCause() instanceof S3Exception answer && nothing.test(answer)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isMissing(S3Exception answer) {
        return answer.statusCode() == NOT_FOUND && !Faults.name(answer).equals(NO_BUCKET);
    }

    private static boolean isOther(S3Exception answer) {
        return isMissing(answer)
                || answer.statusCode() == UNMET
                || answer.statusCode() == CONFLICT
                || answer.statusCode() == NOT_MODIFIED;
    }

    @Override
    public Map<String, BlobInfo> heads(List<String> keys) {
        ensureOpen();
        return many.heads(keys, this::look);
    }

    @Override
    public Optional<Blob> get(String key, BlobRange range, Optional<String> etag) {
        ensureOpen();
        GetObjectRequest.Builder request =
                GetObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .overrideConfiguration(o -> o.apiCallTimeout(calls.patience().answer()));
        Ranges.header(range).ifPresent(request::range);
        etag.ifPresent(tag -> request.ifMatch(quoted(tag)));
        Optional<ResponseInputStream<GetObjectResponse>> opened =
                unless(
                        S3Bucket::isOther,
                        () -> calls.call(client -> client.getObject(request.build())));
        return opened.map(stream -> Ranges.blob(calls, key, range, stream));
    }

    private static String quoted(String etag) {
        return '"' + etag + '"';
    }

    @Override
    public Listed list(String prefix, Optional<String> after, int limit) {
        ensureOpen();
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .encodingType(EncodingType.URL)
                        .maxKeys(limit);
        after.ifPresent(request::startAfter);
        ListObjectsV2Response answer = calls.call(client -> client.listObjectsV2(request.build()));
        List<BlobInfo> objects = new ArrayList<>();
        answer.contents()
                .forEach(object ->
                        objects.add(
                                new BlobInfo(
                                        object.key(),
                                        "",
                                        Optional.ofNullable(object.size()).orElse(0L),
                                        Properties.bare(object.eTag()),
                                        Optional.ofNullable(object.lastModified())
                                                .orElse(Instant.EPOCH),
                                        BlobMetadata.none(),
                                        Map.of())));
        return new Listed(objects, Boolean.TRUE.equals(answer.isTruncated()));
    }

    @Override
    public Optional<BlobInfo> put(
            BlobDraft draft, InputStream body, long length, BlobReplacing replacing) {
        ensureOpen();
        PutObjectRequest.Builder request =
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(draft.key())
                        .metadata(Properties.user(draft))
                        .overrideConfiguration(
                                o -> o.apiCallTimeout(calls.patience().sending(length)));
        Headers.of(draft.metadata().http()).onto(request);
        switch (replacing) {
            case BlobReplacing.Nothing() -> request.ifNoneMatch("*");
            case BlobReplacing.Etag(String etag) -> request.ifMatch(quoted(etag));
            case BlobReplacing.Anything() -> {}
        }
        Optional<PutObjectResponse> stored =
                unless(
                        S3Bucket::isOther,
                        () ->
                                calls.call(client ->
                                        client.putObject(request.build(), once(body, length))));
        return stored.map(answer ->
                Properties.stored(
                        draft,
                        length,
                        Properties.bare(answer.eTag()),
                        Properties.isPlain(
                                answer.serverSideEncryptionAsString(),
                                answer.sseCustomerAlgorithm())));
    }

    /** A body that is sent once, as it comes: the client must not keep it for another try. */
    static RequestBody once(InputStream body, long length) {
        return RequestBody.fromContentProvider(() -> body, length, "application/octet-stream");
    }

    @Override
    public void delete(List<String> keys) {
        ensureOpen();
        many.delete(keys);
    }

    @Override
    public Optional<BlobInfo> copy(BlobInfo source, BlobDraft draft, BlobReplacing replacing) {
        ensureOpen();
        if (source.size() > MOST_COPIED) {
            throw new BlobException(
                    BlobFault.TOO_LARGE,
                    "S3 copies at most " + MOST_COPIED + " bytes; read it and put it by putStream");
        }
        CopyObjectRequest.Builder request =
                CopyObjectRequest.builder()
                        .sourceBucket(bucket)
                        .sourceKey(source.key())
                        .copySourceIfMatch(quoted(source.etag()))
                        .destinationBucket(bucket)
                        .destinationKey(draft.key())
                        .metadataDirective(MetadataDirective.REPLACE)
                        .metadata(Properties.user(draft))
                        .overrideConfiguration(
                                o -> o.apiCallTimeout(calls.patience().sending(source.size())));
        Headers.of(draft.metadata().http()).onto(request);
        switch (replacing) {
            case BlobReplacing.Nothing() -> request.ifNoneMatch("*");
            case BlobReplacing.Etag(String etag) -> request.ifMatch(quoted(etag));
            case BlobReplacing.Anything() -> {}
        }
        Optional<CopyObjectResponse> copied =
                unless(
                        S3Bucket::isOther,
                        () -> calls.call(client -> client.copyObject(request.build())));
        return copied.map(answer ->
                Properties.stored(
                        draft,
                        source.size(),
                        Properties.bare(answer.copyObjectResult().eTag()),
                        Properties.isPlain(
                                answer.serverSideEncryptionAsString(),
                                answer.sseCustomerAlgorithm())));
    }

    @Override
    public String createUpload(BlobDraft draft) {
        ensureOpen();
        return parts.create(draft);
    }

    @Override
    public String part(String key, String upload, int number, InputStream body, long length) {
        ensureOpen();
        return parts.send(key, upload, number, body, length);
    }

    @Override
    public Map<Integer, Part> parts(String key, String upload) {
        ensureOpen();
        return parts.list(key, upload);
    }

    @Override
    public BlobInfo complete(String key, String upload, List<UploadedPart> chosen) {
        ensureOpen();
        parts.complete(key, upload, chosen);
        return look(key)
                .orElseThrow(() ->
                        new S3CallException(
                                S3Fault.NO_ANSWER,
                                "the object was complete, and deleted at once",
                                null));
    }

    @Override
    public void abort(String key, String upload) {
        ensureOpen();
        parts.abort(key, upload);
    }

    @Override
    public int abortUploads(Instant before) {
        ensureOpen();
        return parts.abortUntil(before);
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
