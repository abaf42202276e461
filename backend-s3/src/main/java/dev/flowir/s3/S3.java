package dev.flowir.s3;

import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobGrant;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A server that speaks S3: what binds buckets to it. A call is sent once at most. Thread-safe. */
public final class S3 implements AutoCloseable {

    private static final Duration LONGEST_LINK = Duration.ofDays(7);

    private final S3Settings settings;
    private final Calls calls;
    private final S3Presigner presigner;

    private S3(S3Settings settings, S3Client client, S3Presigner presigner) {
        this.settings = settings;
        this.calls = new Calls(client, settings.patience(), settings.calls());
        this.presigner = presigner;
    }

    /**
     * A client of a server. Nothing is sent yet.
     *
     * @param settings where and how
     * @return the client; the caller's to close
     * @throws IllegalArgumentException when the certificates that are believed cannot be read
     */
    public static S3 at(S3Settings settings) {
        return new S3(settings, Clients.client(settings), Clients.presigner(settings));
    }

    /**
     * A bucket that is there, with S3's limits. Objects are dated by this machine's clock.
     *
     * @param binding name that tokens ask for
     * @param bucket name of the bucket on the server
     * @return a provider of what is in it
     * @throws S3CallException {@link S3Fault#NO_BUCKET} when it is not there, or what else a call
     *     ends in
     */
    public RemoteBlobs blobs(String binding, String bucket) {
        return blobs(binding, bucket, InstantSource.system());
    }

    /** A bucket whose objects are dated by another clock. */
    RemoteBlobs blobs(String binding, String bucket, InstantSource clock) {
        ask(bucket);
        return RemoteBlobs.of(
                "blob.s3",
                binding,
                new S3Bucket(calls, bucket, settings.connections()),
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        settings.promised(),
                        Descriptor.Ttl.NONE,
                        Descriptor.Order.NONE,
                        Set.of(Guarantee.COMPARE_AND_SET)),
                clock);
    }

    private void ask(String bucket) {
        HeadBucketRequest request = HeadBucketRequest.builder().bucket(bucket).build();
        try {
            calls.call(client -> client.headBucket(request));
        } catch (S3CallException e) {
            // An answer to HEAD has no body that names the fault.
            if (e.getCause() instanceof software.amazon.awssdk.services.s3.model.S3Exception said
                    && said.statusCode() == 404) {
                throw new S3CallException(
                        S3Fault.NO_BUCKET,
                        "there is no bucket " + bucket + "; create it on the server first",
                        e);
            }
            if (e.fault() != S3Fault.DENIED) {
                throw e;
            }
            // Whether it is the key, its rights or the clock is in the body of an answer to GET.
            ListObjectsV2Request first =
                    ListObjectsV2Request.builder().bucket(bucket).maxKeys(1).build();
            calls.call(client -> client.listObjectsV2(first));
        }
    }

    /**
     * A link that lets its bearer do one thing with one object for a while, signed here: the server
     * is not asked. What is stored by it tells nobody here.
     *
     * @param bucket name of the bucket on the server
     * @param grant what is allowed, without a bound of size, for at most 7 days; its bucket's name
     *     is not looked at
     * @param clock tells how long that is
     * @return the link
     * @throws BlobException {@link BlobFault#INVALID_ARGUMENT}
     */
    public URI link(String bucket, BlobGrant grant, InstantSource clock) {
        Duration time = Duration.between(clock.instant(), grant.expiresAt());
        boolean fits = time.compareTo(Duration.ofSeconds(1)) >= 0;
        if (!fits || time.compareTo(LONGEST_LINK) > 0 || grant.maxBytes().isPresent()) {
            throw new BlobException(
                    BlobFault.INVALID_ARGUMENT,
                    "a link to S3 is good for 1 second to "
                            + LONGEST_LINK.toDays()
                            + " days, and cannot bound the size of a body");
        }
        String key = grant.key();
        var signed =
                switch (grant.method()) {
                    case GET ->
                            presigner.presignGetObject(it ->
                                    it.signatureDuration(time)
                                            .getObjectRequest(o -> o.bucket(bucket).key(key)));
                    case HEAD ->
                            presigner.presignHeadObject(it ->
                                    it.signatureDuration(time)
                                            .headObjectRequest(o -> o.bucket(bucket).key(key)));
                    case PUT ->
                            presigner.presignPutObject(it ->
                                    it.signatureDuration(time)
                                            .putObjectRequest(o -> o.bucket(bucket).key(key)));
                    case DELETE ->
                            presigner.presignDeleteObject(it ->
                                    it.signatureDuration(time)
                                            .deleteObjectRequest(o -> o.bucket(bucket).key(key)));
                };
        return URI.create(signed.url().toString());
    }

    /**
     * Asks for a bucket, by a call like any other.
     *
     * @param bucket name of the bucket on the server
     * @return its answer, or what calls end in now
     */
    public S3Health health(String bucket) {
        long startNanos = System.nanoTime();
        try {
            ask(bucket);
            return new S3Health.Answers(Duration.ofNanos(System.nanoTime() - startNanos));
        } catch (S3CallException e) {
            return new S3Health.Silent(e);
        }
    }

    /** {@return what became of calls} */
    public S3Stats stats() {
        return calls.stats();
    }

    /**
     * Takes no more calls, waits for those that are under way, at most {@link S3Patience#answer()},
     * and cuts off what is left, open objects too. What is on the server stays.
     */
    @Override
    public void close() {
        calls.close();
        presigner.close();
    }

    /** {@return where it is} */
    @Override
    public String toString() {
        return "S3 at " + settings.endpoint().map(URI::toString).orElse(settings.region());
    }
}
