package dev.flowir.s3;

import dev.flowir.blob.BlobInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Calls about many objects. */
final class Many {

    private static final int MOST_AT_ONCE = 16;

    private final Calls calls;
    private final String bucket;
    private final Semaphore atOnce;

    Many(Calls calls, String bucket, int connections) {
        this.calls = calls;
        this.bucket = bucket;
        this.atOnce = new Semaphore(Math.max(1, Math.min(MOST_AT_ONCE, connections / 2)));
    }

    /** Looks at several, some at once, over at most half of the connections. */
    Map<String, BlobInfo> heads(List<String> keys, Function<String, Optional<BlobInfo>> head) {
        Map<String, BlobInfo> found = new LinkedHashMap<>();
        if (keys.size() == 1) {
            head.apply(keys.get(0)).ifPresent(info -> found.put(info.key(), info));
            return found;
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<BlobInfo>>> asked = new ArrayList<>();
            for (String key : keys) {
                asked.add(executor.submit(() -> within(key, head)));
            }
            for (Future<Optional<BlobInfo>> one : asked) {
                one.get().ifPresent(info -> found.put(info.key(), info));
            }
            return found;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("looking at an object failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new S3CallException(S3Fault.INTERRUPTED, "interrupted while looking", e);
        }
    }

    private Optional<BlobInfo> within(String key, Function<String, Optional<BlobInfo>> head)
            throws InterruptedException {
        atOnce.acquire();
        try {
            return head.apply(key);
        } finally {
            atOnce.release();
        }
    }

    /** Removes several by one call, where their names can stand in XML. */
    void delete(List<String> keys) {
        List<ObjectIdentifier> together = new ArrayList<>();
        for (String key : keys) {
            if (keys.size() > 1 && fitsXml(key)) {
                together.add(ObjectIdentifier.builder().key(key).build());
            } else {
                DeleteObjectRequest one =
                        DeleteObjectRequest.builder().bucket(bucket).key(key).build();
                calls.call(client -> client.deleteObject(one));
            }
        }
        if (!together.isEmpty()) {
            DeleteObjectsRequest request =
                    DeleteObjectsRequest.builder()
                            .bucket(bucket)
                            .delete(Delete.builder().objects(together).quiet(true).build())
                            .build();
            DeleteObjectsResponse answer = calls.call(client -> client.deleteObjects(request));
            if (answer.hasErrors() && !answer.errors().isEmpty()) {
                throw new S3CallException(
                        S3Fault.REFUSED,
                        answer.errors().size()
                                + " of "
                                + together.size()
                                + " objects were not deleted; the first because of "
                                + answer.errors().get(0).code(),
                        null);
            }
        }
    }

    private static boolean fitsXml(String key) {
        return key.codePoints().allMatch(c -> c >= ' ' && c != 0xfffe && c != 0xffff);
    }
}
