package dev.flowir.wasm;

import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker needs of its platform, as its routes say it.
 *
 * @param bindings what is bound to it by name
 * @param consumers queues whose messages it takes
 * @param crons moments at which it runs, each once
 */
public record EdgeManifest(List<Binding> bindings, List<Consumer> consumers, List<String> crons) {

    /** Copies the lists. */
    public EdgeManifest {
        bindings = List.copyOf(bindings);
        consumers = List.copyOf(consumers);
        crons = List.copyOf(crons);
    }

    static EdgeManifest of(Capabilities capabilities, List<EdgeJob> jobs) {
        Set<Binding> bindings = new LinkedHashSet<>();
        for (CapabilityProvider provider : capabilities.providers()) {
            if (provider instanceof EdgeProvider needs) {
                bindings.addAll(needs.binds());
            }
        }
        List<Consumer> consumers = new ArrayList<>();
        List<String> crons = new ArrayList<>();
        for (EdgeJob job : jobs) {
            switch (job.cause()) {
                case EdgeJob.Message it -> consumers.add(new Consumer(it.queue(), it.consumer()));
                case EdgeJob.Moment it -> {
                    if (!crons.contains(it.cron())) {
                        crons.add(it.cron());
                    }
                }
            }
        }
        return new EdgeManifest(List.copyOf(bindings), consumers, crons);
    }

    /** Kinds of what a platform binds to a worker. */
    public enum Kind {
        /** A namespace of Workers KV. */
        KV("getWithMetadata"),
        /** A database of D1. */
        D1("prepare"),
        /** A class of objects, whose name is the resource. */
        OBJECT("idFromName"),
        /** A bucket of R2. */
        BLOBS("createMultipartUpload"),
        /** A queue to send to. */
        QUEUE("sendBatch"),
        /** Another worker to ask. */
        SERVICE("fetch"),
        /** A rate limit, whose resource is its name. */
        RATE_LIMIT("limit"),
        /** A secret, which is a text. */
        SECRET("charAt");

        private final String method;

        Kind(String method) {
            this.method = method;
        }

        /** {@return a method that objects of this kind have} */
        String method() {
            return method;
        }
    }

    /**
     * Something that is bound.
     *
     * @param kind what it is
     * @param name its name in the worker
     * @param resource what the platform calls it, for a queue, a bucket, a database or a worker its
     *     name
     * @param migrations steps of the schema of a database, in their order
     * @param window how much a rate limit lets pass; empty for all else
     */
    public record Binding(
            Kind kind,
            String name,
            String resource,
            List<EdgeMigration> migrations,
            Optional<Window> window) {

        /** Copies the list. */
        public Binding {
            migrations = List.copyOf(migrations);
        }

        Binding(Kind kind, String name, String resource) {
            this(kind, name, resource, List.of(), Optional.empty());
        }
    }

    /**
     * How much a rate limit lets pass.
     *
     * @param limit permits of each key in a window
     * @param periodSeconds how long a window is: 10 or 60
     */
    public record Window(int limit, int periodSeconds) {}

    /**
     * A queue whose messages are taken.
     *
     * @param queue its name
     * @param how how they are taken
     */
    public record Consumer(String queue, EdgeConsumer how) {}
}
