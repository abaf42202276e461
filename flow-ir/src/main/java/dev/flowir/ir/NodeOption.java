package dev.flowir.ir;

import java.time.Duration;
import java.util.Optional;

/**
 * Settings of a node. Static factories read well when imported: {@code with(retry(3,
 * ofMillis(50)))}.
 */
public sealed interface NodeOption {

    /** What reaches the node is worked on exactly once, or the flow does not run. */
    record ExactlyOnce() implements NodeOption {}

    /**
     * Repeats a failed attempt.
     *
     * @param maxRetries attempts after the first; 3 means at most 4 attempts
     * @param backoff waits before the repeats
     */
    record Retry(int maxRetries, Backoff backoff) implements NodeOption {
        /** Refuses negative numbers. */
        public Retry {
            if (maxRetries < 0) {
                throw new IllegalArgumentException(
                        "retry takes zero or more retries, got " + maxRetries);
            }
        }
    }

    /**
     * Bounds one attempt, counted from the start of the body.
     *
     * @param limit wall-clock time, whole milliseconds, at least 1 ms
     * @param then what follows when it passes; empty for what follows any failure
     */
    record Timeout(Duration limit, Optional<Overdue> then) implements NodeOption {
        /** Refuses less than a millisecond: the wire format has none. */
        public Timeout {
            if (limit.toMillis() < 1) {
                throw new IllegalArgumentException("timeout takes 1 ms or more, got " + limit);
            }
        }
    }

    /**
     * Bounds how often bodies of the node begin; see {@link NodeOption#rate(long, long)}.
     *
     * @param perSecond tokens that come in a second, at least 1
     * @param burst tokens that may be saved, at least 1
     * @param smoothing time over which a full burst is spread, whole milliseconds; zero for none
     */
    record Rate(long perSecond, long burst, Duration smoothing) implements NodeOption {
        /** Refuses what lets nothing through. */
        public Rate {
            if (perSecond < 1 || burst < 1 || smoothing.isNegative()) {
                throw new IllegalArgumentException(
                        "rate takes 1 or more per second and 1 or more at once, got "
                                + perSecond
                                + ", "
                                + burst
                                + " and a smoothing of "
                                + smoothing);
            }
        }

        /**
         * {@return the same rate, with what was saved spread over a time instead of let through at
         * once}
         *
         * @param over time that a full burst takes, whole milliseconds
         */
        public Rate smoothed(Duration over) {
            return new Rate(perSecond, burst, over);
        }
    }

    /**
     * Bounds how many bodies of the node run at a time; see {@link NodeOption#concurrency}.
     *
     * @param limit bodies at a time, 1 to {@link Concurrency#MAX}
     */
    record Concurrent(int limit) implements NodeOption {
        /** Refuses what cannot be kept. */
        public Concurrent {
            if (!new Concurrency(limit).isInRange()) {
                throw new IllegalArgumentException(
                        "concurrency takes 1 to " + Concurrency.MAX + ", got " + limit);
            }
        }
    }

    /**
     * Names what makes two invocations the same work.
     *
     * @param key opaque text
     * @param ttl how long a key is remembered
     */
    record Idempotent(String key, Duration ttl) implements NodeOption {}

    /**
     * Names what undoes the node when its run fails; see {@link Node#undoneBy}.
     *
     * @param node what does
     */
    record Undone(Node<?, ?> node) implements NodeOption {}

    /**
     * Says which of the items that wait for the node go first; see {@link Node#by}.
     *
     * @param by what says so
     */
    record Ranked(Priority<?> by) implements NodeOption {}

    /**
     * Says what becomes of a consumer that does not keep up with the node's stream.
     *
     * @param then what does
     */
    record Slow(SlowConsumer then) implements NodeOption {}

    /**
     * Marks a node that earlier versions of its flow do not have.
     *
     * @param version the first version that has it
     */
    record Since(String version) implements NodeOption {
        /** Refuses what is no semantic version. */
        public Since {
            SemanticVersion.problem(version)
                    .ifPresent(why -> {
                        throw new IllegalArgumentException(
                                "since takes a semantic version, got '" + version + "': " + why);
                    });
        }
    }

    /**
     * Repeats a failed attempt up to {@code maxRetries} times, {@code backoff} apart.
     *
     * @param maxRetries attempts after the first
     * @param backoff wait before each repeat
     * @return the option
     */
    static NodeOption retry(int maxRetries, Duration backoff) {
        return new Retry(maxRetries, Backoff.constant(backoff));
    }

    /**
     * Repeats a failed attempt up to {@code maxRetries} times, after waits that may grow.
     *
     * @param maxRetries attempts after the first
     * @param backoff waits before the repeats
     * @return the option
     */
    static NodeOption retry(int maxRetries, Backoff backoff) {
        return new Retry(maxRetries, backoff);
    }

    /**
     * Bounds each attempt to {@code limit}, counted from the start of the body.
     *
     * @param limit wall-clock time, whole milliseconds, at least 1 ms
     * @return the option
     */
    static NodeOption timeout(Duration limit) {
        return new Timeout(limit, Optional.empty());
    }

    /**
     * Bounds each attempt to {@code limit}, and says what follows when it passes.
     *
     * @param limit wall-clock time, whole milliseconds, at least 1 ms
     * @param then what follows, whatever the node's retries say about other failures
     * @return the option
     */
    static NodeOption timeout(Duration limit, Overdue then) {
        return new Timeout(limit, Optional.of(then));
    }

    /**
     * Lets bodies of the node begin {@code perSecond} times a second, and up to {@code burst} at
     * once after a pause: {@code with(rate(10, 20))}. What comes sooner waits. Each attempt counts,
     * so does each item of a list.
     *
     * <p>It is counted over all runs of the flow in one runtime; in a durable run over that run, so
     * that a replay waits for the same. Runs elsewhere share a limit by the capability for rates.
     *
     * @param perSecond how many in a second, at least 1; more than a billion count as a billion
     * @param burst how many at once at most, at least 1
     * @return the option
     */
    static Rate rate(long perSecond, long burst) {
        return new Rate(perSecond, burst, Duration.ZERO);
    }

    /**
     * Lets at most {@code limit} bodies of the node run at a time: {@code with(concurrency(4))} for
     * a service that takes four calls, 1 for one after the other. What comes while all are taken
     * waits in a line, first come first served; its time limit has not begun (in a durable run it
     * has), and whoever is cancelled or out of time leaves the line. A body counts until it has
     * returned, one that streams until its stream has ended; a wait before a repeat, and nodes that
     * only wait, do not.
     *
     * <p>It is counted over all runs and instances of the flow in one runtime; at the edge over one
     * run, since requests share nothing there. It allows no more than there was without it: a run
     * works on one item of a node at a time, or on as many as its {@code each} says.
     *
     * @param limit bodies at a time, 1 to {@link Concurrency#MAX}
     * @return the option
     */
    static NodeOption concurrency(int limit) {
        return new Concurrent(limit);
    }

    /**
     * {@return names what makes two invocations the same work, remembered for {@code ttl}}
     *
     * @param key opaque text
     * @param ttl how long a key is remembered
     */
    static NodeOption idempotent(String key, Duration ttl) {
        return new Idempotent(key, ttl);
    }

    /**
     * {@return asks for exactly-once delivery into the node: it needs a dedupe capability and an
     * idempotency key, and a driver that cannot keep it refuses the flow}
     */
    static NodeOption exactlyOnce() {
        return new ExactlyOnce();
    }

    /**
     * Says what becomes of a consumer that does not keep up with the stream of a node, which does
     * not wait for it: {@code with(slowConsumer(conflate()))}, {@code
     * with(slowConsumer(disconnect(100).within(ofSeconds(10))))}. Without it the node waits.
     *
     * @param then what becomes of it
     * @return the option
     */
    static NodeOption slowConsumer(SlowConsumer then) {
        return new Slow(then);
    }

    /**
     * Marks a node as added to its flow with {@code version}: durable runs that were begun with an
     * earlier one pass it over, so that one definition serves both. The node gives what it takes,
     * and stands in a line: one edge leads to it, and it neither branches nor works item by item.
     *
     * @param version the first version of the flow that has the node
     * @return the option
     */
    static NodeOption since(String version) {
        return new Since(version);
    }
}
