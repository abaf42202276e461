package dev.flowir.ir;

import java.time.Duration;
import java.util.Optional;

/**
 * Which spans of time items are put together by: {@code tumbling(ofMinutes(1))}, {@code
 * sliding(ofMinutes(5), ofMinutes(1))}, {@code session(ofMinutes(30))}. Spans hold their first
 * instant and not their last; those that are not sessions begin at multiples of their distance
 * since 1970.
 *
 * @param kind how spans follow each other
 * @param sizeMillis length of a span; of a session, the gap that ends it
 * @param everyMillis distance of the beginnings of two spans; the size unless they overlap
 */
public record WindowShape(Kind kind, long sizeMillis, long everyMillis) {

    /** How spans follow each other. */
    public enum Kind {
        /** One after the other, without gaps. */
        TUMBLING("tumbling"),
        /** Each begins a while after the one before and overlaps it. */
        SLIDING("sliding"),
        /** From an item to a gap without any, for each key. */
        SESSION("session");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        /** {@return the word used in JSON} */
        public String wire() {
            return wire;
        }
    }

    /**
     * Longest size, in milliseconds, and farthest time: 2<sup>53</sup> - 1, what every reader of
     * JSON has exactly (RFC 7493, 2.2); 285,000 years.
     */
    public static final long MOST_MILLIS = (1L << 53) - 1;

    /** Spans that one item may be in: each costs what a span costs. */
    public static final int MOST_OVERLAPS = 1000;

    /** Refuses spans that are empty, leave gaps or overlap too often. */
    public WindowShape {
        if (sizeMillis < 1 || sizeMillis > MOST_MILLIS) {
            throw new IllegalArgumentException(
                    "a window takes 1 to " + MOST_MILLIS + " ms, got " + sizeMillis);
        }
        if (kind != Kind.SLIDING) {
            everyMillis = sizeMillis;
        } else if (everyMillis < 1 || everyMillis > sizeMillis) {
            throw new IllegalArgumentException(
                    "a window of "
                            + sizeMillis
                            + " ms begins every 1 to "
                            + sizeMillis
                            + " ms, got "
                            + everyMillis);
        } else if ((sizeMillis - 1) / everyMillis >= MOST_OVERLAPS) {
            throw new IllegalArgumentException(
                    "an item is in "
                            + MOST_OVERLAPS
                            + " windows at most; let those of "
                            + sizeMillis
                            + " ms begin less often than every "
                            + everyMillis
                            + " ms");
        }
    }

    /**
     * {@return spans of one length, one after the other}
     *
     * @param size whole milliseconds, at least 1 ms
     */
    public static WindowShape tumbling(Duration size) {
        return new WindowShape(Kind.TUMBLING, size.toMillis(), size.toMillis());
    }

    /**
     * {@return spans of one length that overlap}
     *
     * @param size whole milliseconds, at least 1 ms
     * @param every how long after the one before each begins, at most the size
     */
    public static WindowShape sliding(Duration size, Duration every) {
        return new WindowShape(Kind.SLIDING, size.toMillis(), every.toMillis());
    }

    /**
     * {@return spans that go on as long as items of their key come less than {@code gap} apart}
     *
     * @param gap whole milliseconds, at least 1 ms
     */
    public static WindowShape session(Duration gap) {
        return new WindowShape(Kind.SESSION, gap.toMillis(), gap.toMillis());
    }

    /**
     * {@return the kind with that word; empty when there is none}
     *
     * @param wire the word used in JSON
     */
    public static Optional<Kind> kind(String wire) {
        for (Kind kind : Kind.values()) {
            if (kind.wire().equals(wire)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
