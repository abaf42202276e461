package dev.flowir.s3;

import dev.flowir.blob.BlobDraft;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobRemote;
import dev.flowir.blob.UploadedPart;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Uploads in parts. */
final class Parts {

    /**
     * A part is put together from this many bytes a second at least, when an upload is completed.
     */
    private static final long BYTES_OF_A_PART = 1024 * 1024;

    private final Calls calls;
    private final String bucket;

    Parts(Calls calls, String bucket) {
        this.calls = calls;
        this.bucket = bucket;
    }

    String create(BlobDraft draft) {
        CreateMultipartUploadRequest.Builder request =
                CreateMultipartUploadRequest.builder()
                        .bucket(bucket)
                        .key(draft.key())
                        .metadata(Properties.user(draft));
        Headers.of(draft.metadata().http()).onto(request);
        return calls.call(client -> client.createMultipartUpload(request.build())).uploadId();
    }

    String send(String key, String upload, int number, InputStream body, long length) {
        UploadPartRequest request =
                UploadPartRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .overrideConfiguration(
                                o -> o.apiCallTimeout(calls.patience().sending(length)))
                        .build();
        return Properties.bare(
                calls.call(client -> client.uploadPart(request, S3Bucket.once(body, length)))
                        .eTag());
    }

    Map<Integer, BlobRemote.Part> list(String key, String upload) {
        Map<Integer, BlobRemote.Part> found = new HashMap<>();
        ListPartsRequest.Builder request =
                ListPartsRequest.builder().bucket(bucket).key(key).uploadId(upload);
        while (true) {
            ListPartsResponse page = calls.call(client -> client.listParts(request.build()));
            page.parts()
                    .forEach(part ->
                            found.put(
                                    part.partNumber(),
                                    new BlobRemote.Part(
                                            Properties.bare(part.eTag()), part.size())));
            if (!Boolean.TRUE.equals(page.isTruncated()) || page.nextPartNumberMarker() == null) {
                return found;
            }
            request.partNumberMarker(page.nextPartNumberMarker());
        }
    }

    void complete(String key, String upload, List<UploadedPart> parts) {
        List<CompletedPart> named =
                parts.stream()
                        .map(part ->
                                CompletedPart.builder()
                                        .partNumber(part.number())
                                        .eTag('"' + part.etag() + '"')
                                        .build())
                        .toList();
        CompleteMultipartUploadRequest request =
                CompleteMultipartUploadRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(CompletedMultipartUpload.builder().parts(named).build())
                        .overrideConfiguration(o ->
                                o.apiCallTimeout(
                                        calls.patience().sending(parts.size() * BYTES_OF_A_PART)))
                        .build();
        calls.call(client -> client.completeMultipartUpload(request));
    }

    /** Also when it is over already. */
    void abort(String key, String upload) {
        AbortMultipartUploadRequest request =
                AbortMultipartUploadRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .build();
        try {
            calls.call(client -> client.abortMultipartUpload(request));
        } catch (BlobException e) {
            if (e.fault() != BlobFault.NO_SUCH_UPLOAD) {
                throw e;
            }
        }
    }

    int abortUntil(Instant before) {
        int sum = 0;
        ListMultipartUploadsRequest.Builder request =
                ListMultipartUploadsRequest.builder().bucket(bucket);
        while (true) {
            ListMultipartUploadsResponse page =
                    calls.call(client -> client.listMultipartUploads(request.build()));
            for (var upload : page.uploads()) {
                Instant begun = Optional.ofNullable(upload.initiated()).orElse(Instant.MAX);
                if (!begun.isAfter(before)) {
                    abort(upload.key(), upload.uploadId());
                    sum++;
                }
            }
            if (!Boolean.TRUE.equals(page.isTruncated()) || page.nextKeyMarker() == null) {
                return sum;
            }
            request.keyMarker(page.nextKeyMarker()).uploadIdMarker(page.nextUploadIdMarker());
        }
    }
}
