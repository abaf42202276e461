package dev.flowir.kv;

import dev.flowir.kernel.cap.LimitProfile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/**
 * One namespace as several places of the world see it: a simulator of the consistency that
 * Cloudflare documents for KV ({@code kv/concepts/how-kv-works}), for tests on one machine and in
 * virtual time. A site keeps every answer for a while, also the answer that nothing is there; a
 * write is seen elsewhere when the answer kept there is over, at most 60 s later unless a reader
 * asked for more. Each site is held to {@link LimitProfile#CLOUDFLARE_PROD}, rates included. Lists
 * are not kept. Thread-safe; the same calls in the same order give the same answers.
 */
public final class KvSites {

    /** What a site sees of its own writes. */
    enum Writes {
        /** At once: the usual case. */
        SEEN_AT_ONCE,
        /** As others do: what Cloudflare does not rule out. */
        SEEN_LATE
    }

    private final KvNamespace origin;
    private final InstantSource clock;
    private final Writes writes;
    private final ToLongFunction<Duration> lifeMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, KvNamespace> sites = new LinkedHashMap<>(); // guarded by lock

    private KvSites(
            KvNamespace origin,
            InstantSource clock,
            Writes writes,
            ToLongFunction<Duration> lifeMillis) {
        this.origin = origin;
        this.clock = clock;
        this.writes = writes;
        this.lifeMillis = lifeMillis;
    }

    /**
     * Sites of a namespace, where each answer is kept for the whole time that it may be.
     *
     * @param origin where all of them write to, and read from what they have no answer for
     * @param clock tells when an answer is over; that of {@code origin}
     * @return the sites
     */
    public static KvSites of(KvNamespace origin, InstantSource clock) {
        return new KvSites(origin, clock, Writes.SEEN_AT_ONCE, Duration::toMillis);
    }

    /**
     * The same, where each answer is kept for a part of that time, by chance.
     *
     * @param seed of the chance: the same seed repeats it
     * @return other sites of the same namespace
     */
    public KvSites keepingByChance(long seed) {
        Random random = new Random(seed);
        return new KvSites(
                origin, clock, writes, ttl -> (long) (random.nextDouble() * ttl.toMillis()));
    }

    /**
     * The same, where a site sees its own writes no sooner than those of others. Code that reads
     * what it has just written shows itself here.
     *
     * @return other sites of the same namespace
     */
    public KvSites seeingOwnWritesLate() {
        return new KvSites(origin, clock, Writes.SEEN_LATE, lifeMillis);
    }

    /**
     * The namespace as one site sees it. It promises {@code EVENTUAL} and no guarantees.
     *
     * @param site name of the site; one name is one site
     * @return a provider under the binding of the origin
     */
    public KvNamespace at(String site) {
        lock.lock();
        try {
            return sites.computeIfAbsent(
                    site,
                    name ->
                            origin.seenThrough(table ->
                                            new SiteTable(table, clock, writes, lifeMillis))
                                    .promisingEventualOnly()
                                    .with(KvLimits.of(LimitProfile.CLOUDFLARE_PROD)));
        } finally {
            lock.unlock();
        }
    }
}
