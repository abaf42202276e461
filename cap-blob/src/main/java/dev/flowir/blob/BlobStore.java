package dev.flowir.blob;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Objects under keys, bound under one name: the provider of {@link Blobs}' tokens. Reads, heads and
 * lists see every acknowledged write. Thread-safe.
 */
public final class BlobStore implements CapabilityProvider, AutoCloseable {

    private static final int EXPIRED_PER_WRITE = 100;

    private final String kind;
    private final String binding;
    private final Bucket bucket;
    private final Checks checks;
    private final Descriptor descriptor;

    private BlobStore(
            String kind, String binding, Bucket bucket, Checks checks, Descriptor descriptor) {
        this.kind = kind;
        this.binding = binding;
        this.bucket = bucket;
        this.checks = checks;
        this.descriptor = descriptor;
    }

    /**
     * A bucket in memory with Cloudflare's limits: gone with the process.
     *
     * @param binding name that tokens ask for, and name of the bucket
     * @return the bucket, empty
     */
    public static BlobStore memory(String binding) {
        return memory(binding, InstantSource.system());
    }

    /**
     * A bucket in memory that dates its objects by a clock.
     *
     * @param binding name that tokens ask for, and name of the bucket
     * @param clock the clock
     * @return the bucket, empty
     */
    public static BlobStore memory(String binding, InstantSource clock) {
        return new BlobStore(
                "blob.memory",
                binding,
                new Bucket(binding, new MemoryCatalog(clock), new MemoryContent()),
                new Checks(BlobLimits.of(LimitProfile.CLOUDFLARE_PROD)),
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        Descriptor.Durability.NONE,
                        Descriptor.Ttl.NONE,
                        Descriptor.Order.NONE,
                        Set.of(Guarantee.COMPARE_AND_SET)));
    }

    /**
     * A bucket of files with Cloudflare's limits: bytes in a folder, everything else in an embedded
     * store. When a write returns, both are on the disk. A write inside a transaction of the store
     * commits with it. What a crash left half-done is cleared away here.
     *
     * @param binding name that tokens ask for, and name of the bucket
     * @param store the store
     * @param folder a folder for buckets, on a local disk; each has its own in there
     * @return the bucket with what is in it; to be closed before the store
     * @throws BlobException {@link BlobFault#WRONG_FOLDER} when the bucket is open already, or the
     *     folder belongs to another store
     */
    public static BlobStore files(String binding, Store store, Path folder) {
        return new BlobStore(
                "blob.files",
                binding,
                Opening.open(binding, store, folder),
                new Checks(BlobLimits.of(LimitProfile.CLOUDFLARE_PROD)),
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        Descriptor.Durability.LOCAL_DISK,
                        Descriptor.Ttl.NONE,
                        Descriptor.Order.NONE,
                        Set.of(Guarantee.COMPARE_AND_SET, Guarantee.SHARED_TRANSACTION)));
    }

    /**
     * The same bucket under another binding, for a flow that calls it by another name.
     *
     * @param otherBinding name that tokens ask for
     * @return a provider of the same bucket
     */
    public BlobStore boundAs(String otherBinding) {
        return new BlobStore(kind, otherBinding, bucket, checks, descriptor);
    }

    /**
     * The same bucket under other limits.
     *
     * @param limits the limits
     * @return a provider of the same bucket
     */
    public BlobStore with(BlobLimits limits) {
        return new BlobStore(kind, binding, bucket, new Checks(limits), descriptor);
    }

    /** {@return the limits in force} */
    public BlobLimits limits() {
        return checks.limits();
    }

    /**
     * A reading handle, for work outside of runs: what it opens is closed by whoever opens it.
     *
     * @return a handle that only reads
     */
    public BlobReader reader() {
        return new Reading(bucket, checks);
    }

    /**
     * A writing handle for one attempt.
     *
     * @param scope the attempt; {@link Scope#outside} for work outside of runs
     * @return a handle that reads and writes
     */
    public BlobWriter writer(Scope scope) {
        return new Writing(bucket, checks, scope);
    }

    /** {@return rules and deliveries of changes} */
    public BlobEvents events() {
        return bucket.outbox();
    }

    /**
     * Deletes objects that were written some time ago, with {@link BlobAction#LIFECYCLE_DELETION}:
     * the work of a lifecycle rule, for a host to call now and then.
     *
     * @param prefix what their keys start with
     * @param age how long ago at least
     * @return how many there were
     */
    public long expire(String prefix, Duration age) {
        return Expiry.objects(bucket, checks.bounded(prefix, "the prefix"), age);
    }

    /**
     * Forgets unfinished uploads that are older than {@link BlobLimits#uploadAge()}. They are of no
     * use anyway; this gives their place free.
     *
     * @return how many there were
     */
    public int expireUploads() {
        long age = checks.limits().uploadAge().toMillis();
        int sum = 0;
        int some = EXPIRED_PER_WRITE;
        while (some == EXPIRED_PER_WRITE) {
            some =
                    bucket.write(
                            Fence.open(),
                            List.of(),
                            change -> {
                                List<UploadRow> old =
                                        change.rows()
                                                .uploadsUntil(
                                                        change.rows().nowMillis() - age,
                                                        EXPIRED_PER_WRITE);
                                old.forEach(row -> change.removeUpload(row.id()));
                                return old.size();
                            });
            sum += some;
        }
        return sum;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Blobs.READ_HINT, Blobs.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Object handle = token.handle() == BlobReader.class ? reader() : writer(scope);
        return token.handle().cast(handle);
    }

    /**
     * Stops deliveries and gives the folder free. Later calls are refused with {@link
     * BlobFault#CLOSED}. Closing twice is fine.
     */
    @Override
    public void close() {
        bucket.close();
    }
}
