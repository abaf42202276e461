package dev.flowir.ir;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What becomes of a consumer that does not keep up with a stream, when its producer is not to wait
 * for it. Without one the producer waits: it makes an item when the consumer asks for one.
 */
public sealed interface SlowConsumer {

    /** Most items that may be let wait for one consumer: 2<sup>20</sup>. */
    long MOST_ITEMS = 1 << 20;

    /** {@return the word used in JSON for this way} */
    String kind();

    /**
     * Makes what keeps to this. By a method of its own, so that a worker in which nobody says what
     * becomes of slow consumers is built without whatever would.
     *
     * @param maker makes it
     * @param <S> what is made
     * @return what was made
     */
    <S> S keptBy(Function<SlowConsumer, S> maker);

    /**
     * The consumer is sent away: its stream breaks, and the run is cancelled.
     *
     * @param maxItems items that may wait for it, 1 to {@link #MOST_ITEMS}; one more is too many
     * @param maxMillis time in milliseconds that an item may wait for it, at least 1; empty for as
     *     long as it likes
     */
    record Disconnect(long maxItems, OptionalLong maxMillis) implements SlowConsumer {
        /** The word used in JSON. */
        public static final String KIND = "disconnect";

        /** Refuses bounds that are none. */
        public Disconnect {
            if (maxItems < 1 || maxItems > MOST_ITEMS) {
                throw new IllegalArgumentException(
                        "disconnect takes 1 to " + MOST_ITEMS + " items, got " + maxItems);
            }
            if (maxMillis.isPresent() && maxMillis.getAsLong() < 1) {
                throw new IllegalArgumentException(
                        "disconnect takes 1 ms or more, got " + maxMillis.getAsLong());
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public <S> S keptBy(Function<SlowConsumer, S> maker) {
            return maker.apply(this);
        }

        /**
         * {@return the same with a bound on time as well}
         *
         * @param limit time that an item may wait, whole milliseconds, at least 1 ms
         */
        public Disconnect within(Duration limit) {
            return new Disconnect(maxItems, OptionalLong.of(limit.toMillis()));
        }
    }

    /** Of what waits for it only the newest item is kept, and it gets that when it takes one. */
    record Conflate() implements SlowConsumer {
        /** The word used in JSON. */
        public static final String KIND = "conflate";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public <S> S keptBy(Function<SlowConsumer, S> maker) {
            return maker.apply(this);
        }
    }

    /**
     * {@return sends a consumer away that lets more than {@code maxItems} items wait}
     *
     * @param maxItems 1 to {@link #MOST_ITEMS}
     */
    static Disconnect disconnect(long maxItems) {
        return new Disconnect(maxItems, OptionalLong.empty());
    }

    /** {@return keeps the newest item for a consumer, and drops those before it} */
    static Conflate conflate() {
        return new Conflate();
    }
}
