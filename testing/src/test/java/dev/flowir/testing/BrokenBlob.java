package dev.flowir.testing;

import dev.flowir.blob.BlobEvents;
import dev.flowir.blob.BlobLimits;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.BlobStore;
import dev.flowir.blob.BlobWriter;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.Set;

/** A bucket that is wrong in one way: to see that the kit notices. */
final class BrokenBlob implements BlobBench, CapabilityProvider {

    private final BlobDefect defect;
    private final TestClock clock;
    private final Set<String> ended = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private BlobStore good;
    private BrokenBlobEvents events;

    BrokenBlob(BlobDefect defect, TestClock clock) {
        this.defect = defect;
        this.clock = clock;
        this.good = fresh();
        this.events = new BrokenBlobEvents(defect, good);
    }

    private BlobStore fresh() {
        return BlobStore.memory("blobs", clock)
                .with(limits(BlobLimits.of(LimitProfile.CLOUDFLARE_PROD)));
    }

    private boolean has(BlobDefect one) {
        return defect == one;
    }

    private BlobLimits limits(BlobLimits right) {
        return new BlobLimits(
                right.maxKeyBytes() + (has(BlobDefect.ACCEPTS_LONG_KEYS) ? 1 : 0),
                right.maxMetadataBytes() + (has(BlobDefect.ACCEPTS_LARGE_METADATA) ? 1 : 0),
                right.maxPutBytes(),
                right.maxObjectBytes(),
                has(BlobDefect.ACCEPTS_SMALL_PARTS) ? 1 : right.minPartBytes(),
                right.maxParts(),
                has(BlobDefect.ACCEPTS_UNEVEN_PARTS) ? BlobLimits.Parts.ANY : right.parts(),
                has(BlobDefect.TAKES_UNKNOWN_LENGTHS) ? BlobLimits.Lengths.ANY : right.lengths(),
                right.maxPageObjects() + (has(BlobDefect.ACCEPTS_ANY_PAGE) ? 1 : 0),
                right.maxDetailedPageObjects(),
                right.maxDeleteKeys() + (has(BlobDefect.DELETES_1001_KEYS) ? 1 : 0),
                has(BlobDefect.NEVER_ENDS_UPLOADS) ? Duration.ofDays(365) : right.uploadAge());
    }

    @Override
    public CapabilityProvider provider() {
        return this;
    }

    @Override
    public boolean supportsRestart() {
        return true;
    }

    @Override
    public void restart() {
        if (has(BlobDefect.LOSES_ON_RESTART)) {
            good.close();
            good = fresh();
            events = new BrokenBlobEvents(defect, good);
        } else {
            if (has(BlobDefect.FORGETS_UPLOADS_ON_RESTART)) {
                clock.advance(Duration.ofDays(8));
                good.expireUploads();
            }
            good.events().rules().forEach(rule -> good.events().disconnect(rule.id()));
            events.restarted();
        }
    }

    @Override
    public boolean supportsEvents() {
        return true;
    }

    @Override
    public BlobEvents events() {
        return events;
    }

    @Override
    public void expire(String prefix, Duration age) {
        good.expire(prefix, age);
    }

    @Override
    public String kind() {
        return "blob.broken";
    }

    @Override
    public String binding() {
        return "blobs";
    }

    @Override
    public Set<String> hints() {
        return good.hints();
    }

    @Override
    public Descriptor descriptor() {
        Descriptor right = good.descriptor();
        // What preflight looks at and what the kit looks at are then two things.
        boolean asked = has(BlobDefect.PROMISES_TOO_MUCH) && ++questions % 2 == 1;
        return asked
                ? new Descriptor(
                        right.consistency(),
                        right.durability(),
                        right.ttl(),
                        right.ordering(),
                        Set.of(Guarantee.ORDER_PER_KEY))
                : right;
    }

    private int questions;

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        boolean reads =
                token.handle() == BlobReader.class && !has(BlobDefect.GIVES_READERS_A_WRITER);
        Scope used = has(BlobDefect.IGNORES_THE_FENCE) ? Scope.outside("broken") : scope;
        BlobWriter right = good.writer(used);
        BrokenBlobWriter writer = new BrokenBlobWriter(defect, right, ended);
        BlobReader handle = reads ? new BrokenBlobReader(defect, right) : writer;
        return token.handle().cast(handle);
    }

    @Override
    public void close() {
        good.close();
    }
}
