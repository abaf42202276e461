package dev.flowir.redis;

import dev.flowir.cache.CacheBounds;
import dev.flowir.cache.NodeCache;
import dev.flowir.dedupe.DedupeSet;
import dev.flowir.dedupe.DedupeTimes;
import dev.flowir.http.SharedCircuit;
import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.kv.RemoteKv;
import dev.flowir.limit.Rate;
import dev.flowir.limit.RateLimits;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * A Redis server, 7.0 or newer, over one connection: what binds capabilities to it. A command is
 * sent once at most; a lost connection is made again by itself. Thread-safe.
 */
public final class Redis implements AutoCloseable {

    private final RedisSettings settings;
    private final Link link;
    private final Descriptor.Durability durability;

    private Redis(RedisSettings settings, Link link, Descriptor.Durability durability) {
        this.settings = settings;
        this.link = link;
        this.durability = durability;
    }

    /**
     * Connects.
     *
     * @param settings where and how
     * @return the connection; the caller's to close
     * @throws RedisException when nobody answers there, or it is not a server that will do
     */
    public static Redis connect(RedisSettings settings) {
        Link link = Link.open(settings);
        try {
            Server.refuseOld(link);
            Descriptor.Durability durability =
                    settings.promised().orElseGet(() -> Server.durability(link));
            return new Redis(settings, link, durability);
        } catch (RedisException e) {
            link.close();
            throw e;
        }
    }

    /**
     * A namespace of the server with the limits of {@link LimitProfile#MINIFLARE}, which are
     * Cloudflare's without its rates. Entries expire by the server's clock. Namespaces of one name
     * and one {@link RedisSettings#keyPrefix()} are the same, in whichever process.
     *
     * @param binding name that tokens ask for, and name of the namespace
     * @return the namespace with what is in it
     */
    public RemoteKv kv(String binding) {
        return kv(binding, Optional.empty());
    }

    /** A namespace whose entries expire by another clock. */
    RemoteKv kv(String binding, Optional<InstantSource> clock) {
        return RemoteKv.of(
                "kv.redis",
                binding,
                new RedisKv(link, names("kv", binding), clock),
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        durability,
                        Descriptor.Ttl.NATIVE,
                        Descriptor.Order.NONE,
                        Set.of(Guarantee.COMPARE_AND_SET)));
    }

    /**
     * Token buckets of one rate, filled by the server's clock and shared by all processes with this
     * binding and {@link RedisSettings#keyPrefix()}.
     *
     * @param binding name that tokens ask for, and name of the buckets
     * @param rate of each bucket
     * @return the provider
     */
    public RateLimits rates(String binding, Rate rate) {
        return rates(binding, rate, Timeline.system(), Optional.empty());
    }

    /** Buckets that fill by another clock. */
    RateLimits rates(String binding, Rate rate, Timeline timeline, Optional<InstantSource> clock) {
        return RateLimits.remote(
                "rate.redis",
                binding,
                rate,
                new RedisRates(link, names("rate", binding), clock),
                durability,
                timeline);
    }

    /**
     * Keys of work that is done once, kept by the server's clock and shared by all processes with
     * this binding and {@link RedisSettings#keyPrefix()}.
     *
     * @param binding name that tokens ask for, and name of the keys
     * @param times how long keys are kept
     * @return the provider
     */
    public DedupeSet dedupe(String binding, DedupeTimes times) {
        return dedupe(binding, times, Optional.empty());
    }

    /** Keys that end by another clock. */
    DedupeSet dedupe(String binding, DedupeTimes times, Optional<InstantSource> clock) {
        return DedupeSet.remote(
                "dedupe.redis",
                binding,
                times,
                new RedisMarks(link, names("dedupe", binding), clock),
                durability);
    }

    /**
     * Answers of nodes, which grow old by the server's clock and are shared by all processes with
     * this binding and {@link RedisSettings#keyPrefix()}. In each process one works on an answer at
     * a time. While the server is away, answers are worked out and not kept.
     *
     * @param binding name that tokens ask for, and name of the cache
     * @param bounds how much is kept, and how long; where processes have others, each answer comes
     *     under those of who worked it out
     * @return the provider
     */
    public NodeCache cache(String binding, CacheBounds bounds) {
        return cache(binding, bounds, Optional.empty());
    }

    /** Answers that grow old by another clock. */
    NodeCache cache(String binding, CacheBounds bounds, Optional<InstantSource> clock) {
        return NodeCache.remote(
                "cache.redis",
                binding,
                bounds,
                new RedisCache(link, names("cache", binding), clock));
    }

    /**
     * The state of a circuit breaker, by the server's clock, shared by all processes with this
     * binding and {@link RedisSettings#keyPrefix()}, which should have the same rules. While the
     * server is away, each process goes by what it saw itself.
     *
     * @param binding name of the endpoint that it is for
     * @return the state, for {@link dev.flowir.http.HttpSettings#with(SharedCircuit)}
     */
    public SharedCircuit circuit(String binding) {
        return circuit(binding, Optional.empty());
    }

    /** A circuit that goes by another clock. */
    SharedCircuit circuit(String binding, Optional<InstantSource> clock) {
        return new RedisCircuit(link, names("circuit", binding), clock);
    }

    /**
     * Queues that all brokers of this name and {@link RedisSettings#keyPrefix()} share, in
     * whichever process: each message goes to one of them. Messages are due, and leases end, by the
     * server's clock. Takes a connection more, over which it hears of the others. Close it before
     * this.
     *
     * @param name of the broker, for its keys
     * @param options how it is opened; its timeline is for waiting only
     * @return the broker with the queues that there are
     */
    public Broker broker(String name, BrokerOptions options) {
        return broker(name, options, Optional.empty());
    }

    /** A broker whose messages are due by another clock, and that hears of no other. */
    Broker broker(String name, BrokerOptions options, Optional<InstantSource> clock) {
        return Broker.shared(
                "queue.redis",
                new RedisQueues(link, settings, names("queue", name), clock),
                durability,
                options);
    }

    /** Names differ where capability or binding do: a coded binding has neither colon nor brace. */
    private String names(String capability, String binding) {
        return settings.keyPrefix()
                + ":"
                + capability
                + ":{"
                + URLEncoder.encode(binding, StandardCharsets.UTF_8)
                + "}";
    }

    /**
     * Asks the server whether it is there, as a command like any other.
     *
     * @return its answer, or what calls end in now
     */
    public RedisHealth health() {
        long startNanos = System.nanoTime();
        try {
            link.call(0, redis -> redis.ping());
            return new RedisHealth.Answers(Duration.ofNanos(System.nanoTime() - startNanos));
        } catch (RedisException e) {
            return new RedisHealth.Silent(e);
        }
    }

    /** {@return what became of its commands} */
    public RedisStats stats() {
        return link.stats();
    }

    /**
     * What a crash of the server leaves of what it acknowledged, as it said when the connection was
     * first made.
     *
     * @return {@link Descriptor.Durability#LOCAL_DISK} or {@link Descriptor.Durability#NONE}, or
     *     what {@link RedisSettings#promising} says
     */
    public Descriptor.Durability durability() {
        return durability;
    }

    /**
     * Takes no more calls, waits for the answers to what was sent, at most {@link
     * RedisPatience#answer()}, and leaves. What is in the server stays.
     */
    @Override
    public void close() {
        link.close();
    }

    /** {@return where it is} */
    @Override
    public String toString() {
        return "Redis at " + settings.host() + ":" + settings.port();
    }
}
