package dev.flowir.blob;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * The provider of {@link Blobs}' tokens over objects that something else keeps: it checks keys,
 * lengths, checksums, options and the fence of an attempt, so that a wrong call is refused by the
 * same code as anywhere and never leaves. Changes made here are told of from here. Thread-safe.
 */
public final class RemoteBlobs implements CapabilityProvider, AutoCloseable {

    private final String kind;
    private final String binding;
    private final BlobRemote remote;
    private final Descriptor descriptor;
    private final Checks checks;
    private final Telling telling;

    private RemoteBlobs(
            String kind,
            String binding,
            BlobRemote remote,
            Descriptor descriptor,
            Checks checks,
            Telling telling) {
        this.kind = kind;
        this.binding = binding;
        this.remote = remote;
        this.descriptor = descriptor;
        this.checks = checks;
        this.telling = telling;
    }

    /**
     * A provider with S3's limits. Changes that were not delivered are gone with the process, until
     * {@link #notingIn} says where to keep them.
     *
     * @param kind for example {@code blob.s3}
     * @param binding name that tokens ask for, and name of the bucket in events
     * @param remote who keeps the objects; closed with this
     * @param descriptor what they promise
     * @param clock dates what is written here
     * @return the provider
     */
    public static RemoteBlobs of(
            String kind,
            String binding,
            BlobRemote remote,
            Descriptor descriptor,
            InstantSource clock) {
        return new RemoteBlobs(
                kind,
                binding,
                remote,
                descriptor,
                new Checks(BlobLimits.s3()),
                new Telling(binding, remote, new MemoryCatalog(clock), clock));
    }

    /**
     * The same objects under other limits.
     *
     * @param limits the limits
     * @return a provider of the same objects
     */
    public RemoteBlobs with(BlobLimits limits) {
        return new RemoteBlobs(kind, binding, remote, descriptor, new Checks(limits), telling);
    }

    /**
     * The same objects, whose changes are noted in an embedded store before they leave, and told of
     * after a restart too. To be called before anything is written, and once for a store and
     * binding: what is noted is this process's own.
     *
     * @param store the store; to be closed after this
     * @return a provider of the same objects
     */
    public RemoteBlobs notingIn(Store store) {
        return new RemoteBlobs(
                kind,
                binding,
                remote,
                descriptor,
                checks,
                telling.notingIn(SqliteCatalog.open(store, binding)));
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
        return new RemoteReading(remote, checks);
    }

    /**
     * A writing handle for one attempt.
     *
     * @param scope the attempt; {@link Scope#outside} for work outside of runs
     * @return a handle that reads and writes
     */
    public BlobWriter writer(Scope scope) {
        return new RemoteWriting(remote, checks, scope, telling, Digests::of);
    }

    /** {@return rules and deliveries of the changes that are made here} */
    public BlobEvents events() {
        return telling.outbox();
    }

    /**
     * Looks what became of writes that were begun with a rule and never answered, also before a
     * restart, and tells of those that were done. The next write that somebody is told of does it
     * too.
     */
    public void settle() {
        telling.settle();
    }

    /**
     * Deletes objects that were written some time ago, with {@link BlobAction#LIFECYCLE_DELETION}:
     * the work of a lifecycle rule, for a host to call now and then. One that is replaced meanwhile
     * may go with it.
     *
     * @param prefix what their keys start with
     * @param age how long ago at least
     * @return how many there were
     */
    public long expire(String prefix, Duration age) {
        Instant newest = telling.now().minus(age);
        RemoteWriting writing =
                new RemoteWriting(remote, checks, Scope.outside(binding), telling, Digests::of);
        BlobQuery query = BlobQuery.prefix(prefix);
        BlobPage page = writing.list(query);
        long sum = 0;
        while (true) {
            List<String> old =
                    page.objects().stream()
                            .filter(info -> !info.uploadedAt().isAfter(newest))
                            .map(BlobInfo::key)
                            .toList();
            if (!old.isEmpty()) {
                writing.delete(old, BlobAction.LIFECYCLE_DELETION);
                sum += old.size();
            }
            if (!page.truncated()) {
                return sum;
            }
            page = writing.list(query.after(page.cursor().orElseThrow()));
        }
    }

    /**
     * Forgets unfinished uploads that are older than {@link BlobLimits#uploadAge()}, whoever began
     * them.
     *
     * @return how many there were
     */
    public int expireUploads() {
        return remote.abortUploads(telling.now().minus(checks.limits().uploadAge()));
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

    /** Stops deliveries and takes no more calls. Closing twice is fine. */
    @Override
    public void close() {
        telling.outbox().close();
        remote.close();
    }
}
