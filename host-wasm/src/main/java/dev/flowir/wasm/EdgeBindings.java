package dev.flowir.wasm;

import dev.flowir.http.HttpSettings;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kv.RemoteKv;
import dev.flowir.queue.RemoteQueue;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Providers over what the platform binds to a worker. Each is served by the binding of its name; a
 * worker without that binding is told of it by {@code CAP101} before anything runs. Needs the
 * module of the capability beside this one.
 */
public final class EdgeBindings {

    private EdgeBindings() {}

    /**
     * Workers KV. Reads may be a minute old, expiries are in whole seconds, {@code getMany} reads
     * key by key, and {@code getWithMetadata} tells no expiry: the platform tells it in lists only.
     *
     * @param binding name that tokens ask for, and of the platform's binding
     * @return the provider of key-value tokens
     */
    public static CapabilityProvider kv(String binding) {
        return kv(binding, binding);
    }

    /**
     * Workers KV under another name.
     *
     * @param binding name that tokens ask for
     * @param platformName name of the platform's binding
     * @return the provider of key-value tokens
     */
    public static CapabilityProvider kv(String binding, String platformName) {
        Descriptor descriptor =
                new Descriptor(
                        Descriptor.Consistency.EVENTUAL,
                        Descriptor.Durability.REPLICATED,
                        Descriptor.Ttl.NATIVE,
                        Descriptor.Order.NONE,
                        Set.of());
        return new EdgeProvider(
                new EdgeManifest.Binding(EdgeManifest.Kind.KV, platformName, platformName),
                RemoteKv.of("kv.edge", binding, new EdgeKv(platformName), descriptor));
    }

    /**
     * A queue to send to. The platform gives messages their ids when it delivers them, so {@code
     * Sent} has none.
     *
     * @param binding name that tokens ask for, of the platform's binding, and of the queue
     * @return the provider of publishing tokens
     */
    public static CapabilityProvider queue(String binding) {
        return queue(binding, binding, binding);
    }

    /**
     * A queue to send to, under other names.
     *
     * @param binding name that tokens ask for
     * @param platformName name of the platform's binding
     * @param queue name of the queue
     * @return the provider of publishing tokens
     */
    public static CapabilityProvider queue(String binding, String platformName, String queue) {
        Descriptor descriptor =
                new Descriptor(
                        Descriptor.Consistency.EVENTUAL,
                        Descriptor.Durability.REPLICATED,
                        Descriptor.Ttl.NONE,
                        Descriptor.Order.NONE,
                        Set.of());
        return new EdgeProvider(
                new EdgeManifest.Binding(EdgeManifest.Kind.QUEUE, platformName, queue),
                new RemoteQueue("queue.edge", binding, new EdgeQueue(platformName), descriptor));
    }

    /**
     * A bucket of R2. Checksums, conditions and the sizes of parts are judged by the platform; it
     * has no copy, so the bytes of one pass through the worker, though not through the program.
     * Changes are told of by the platform's own notifications.
     *
     * @param binding name that tokens ask for, of the platform's binding, and of the bucket
     * @return the provider of blob tokens
     */
    public static CapabilityProvider blobs(String binding) {
        return blobs(binding, binding, binding);
    }

    /**
     * A bucket of R2 under other names.
     *
     * @param binding name that tokens ask for
     * @param platformName name of the platform's binding
     * @param bucket name of the bucket
     * @return the provider of blob tokens
     */
    public static CapabilityProvider blobs(String binding, String platformName, String bucket) {
        return EdgeBlobs.provider(binding, platformName, bucket);
    }

    /**
     * A service outside, by the platform's {@code fetch}. Names are resolved by the platform, which
     * has no private network; an address that is written out is looked at here. The time to connect
     * counts to the first byte, and at most six calls wait for one at a time: the seventh is sent
     * when one of them has been answered.
     *
     * @param binding name that tokens ask for
     * @param base http or https address that targets of calls are appended to
     * @param settings how it calls; trust is the platform's
     * @return the provider of HTTP tokens
     * @throws IllegalArgumentException when the base has no host, or has a user name, query or
     *     fragment
     */
    public static CapabilityProvider http(String binding, String base, HttpSettings settings) {
        return EdgeHttp.outside(binding, base, settings);
    }

    /**
     * Another worker, which is asked without a way through the network.
     *
     * @param binding name that tokens ask for
     * @param platformName name of the platform's binding
     * @param worker name of the other worker, which stands for its host in addresses
     * @param settings how it calls
     * @return the provider of HTTP tokens
     */
    public static CapabilityProvider service(
            String binding, String platformName, String worker, HttpSettings settings) {
        return EdgeHttp.service(binding, platformName, worker, settings);
    }

    /**
     * A database of D1. Numbers beyond 2<sup>53</sup> are refused as parameters, {@code atomically}
     * is refused, and of two columns with one name the last is found.
     *
     * @param binding name that tokens ask for, of the platform's binding, and of the database
     * @return the provider of SQL tokens
     */
    public static CapabilityProvider sql(String binding) {
        return sql(binding, binding, binding);
    }

    /**
     * A database of D1 under other names.
     *
     * @param binding name that tokens ask for
     * @param platformName name of the platform's binding
     * @param database name of the database
     * @param migrations steps of its schema, which are written into the project of the worker
     * @return the provider of SQL tokens
     * @throws IllegalArgumentException when the names of the steps do not rise
     */
    public static CapabilityProvider sql(
            String binding, String platformName, String database, EdgeMigration... migrations) {
        return EdgeSql.provider(binding, platformName, database, List.of(migrations));
    }

    /**
     * Objects that the platform keeps: its Durable Objects, with their own SQLite. Each class is
     * bound and exported under its name, which must be an identifier, and has a migration of its
     * own; name new classes after older ones. They are called by {@link
     * dev.flowir.object.ObjectCall}s.
     *
     * @param binding name that tokens ask for
     * @param classes all classes of objects that live there
     * @return the provider of object tokens
     * @throws IllegalArgumentException when a class has sockets
     */
    public static CapabilityProvider objects(
            String binding, dev.flowir.object.ObjectClass<?>... classes) {
        return EdgeObjects.provider(binding, List.of(classes));
    }

    /**
     * A rate limit of the platform. It counts in each of its places by itself, and somewhat late,
     * so that more may pass than the limit says. It says whether there was a permit and nothing
     * else: nobody waits for one, one is taken at a time, and who is refused is told to come again
     * after a whole period.
     *
     * @param binding name that tokens ask for, and of the platform's binding
     * @param limit permits of each key in a period, 1 at least
     * @param period 10 s or 60 s
     * @return the provider of rate limit tokens
     * @throws IllegalArgumentException when the platform has no such limit
     */
    public static CapabilityProvider rateLimit(String binding, int limit, Duration period) {
        return rateLimit(binding, binding, limit, period);
    }

    /**
     * A rate limit of the platform under another name.
     *
     * @param binding name that tokens ask for
     * @param platformName name of the platform's binding
     * @param limit permits of each key in a period, 1 at least
     * @param period 10 s or 60 s
     * @return the provider of rate limit tokens
     * @throws IllegalArgumentException when the platform has no such limit
     */
    public static CapabilityProvider rateLimit(
            String binding, String platformName, int limit, Duration period) {
        return EdgeRates.provider(binding, platformName, limit, period);
    }

    /**
     * Secrets of the worker. The secret {@code payments.key} is what the platform binds as {@code
     * PAYMENTS_KEY}. Only a deployment changes one.
     *
     * @param binding name that tokens ask for
     * @param names names of all secrets that flows ask it for, one at least
     * @return the provider of secrets
     * @throws IllegalArgumentException when no secret is named
     */
    public static CapabilityProvider secrets(String binding, String... names) {
        return EdgeSecrets.provider(binding, List.of(names));
    }
}
