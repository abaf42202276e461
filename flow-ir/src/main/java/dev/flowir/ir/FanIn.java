package dev.flowir.ir;

import java.util.List;

/**
 * How items of several nodes meet at the node that names them in {@link NodeDefinition#join}.
 * Without one they are joined by input: one item of each, all of the same input of the flow.
 */
public sealed interface FanIn {

    /** {@return the word used in JSON for this way of meeting} */
    String kind();

    /**
     * The first item of an input goes on, alone. Everything else of that input, wherever it is on
     * ways that lead only here, has lost.
     *
     * @param losers what becomes of it
     */
    record Race(Losers losers) implements FanIn {
        /** The word used in JSON. */
        public static final String KIND = "race";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * Lists of one input meet by key: their items are paired with those of the other list that have
     * an equal key, and the node gets all pairs at once.
     *
     * @param keys JSON pointer to the key of an item of each of the two lists; an item without one
     *     meets none
     * @param outer which items go on that meet none
     * @param maxPairs pairs of one input, at least 1; with more the node fails
     */
    record Keyed(List<String> keys, Outer outer, int maxPairs) implements FanIn {
        /** The word used in JSON. */
        public static final String KIND = "keyed";

        /** Pairs of one input unless told: some 10 MB of references. */
        public static final int DEFAULT_MAX_PAIRS = 1_000_000;

        /** Copies the list. */
        public Keyed {
            keys = List.copyOf(keys);
            if (maxPairs < 1) {
                throw new IllegalArgumentException(
                        "a keyed join has one pair at least, got max_pairs " + maxPairs);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * Items meet by position: the first that came over each edge, then the second of each, whatever
     * inputs they came of. An item waits on its edge until all others have one.
     */
    record Zip() implements FanIn {
        /** The word used in JSON. */
        public static final String KIND = "zip";

        @Override
        public String kind() {
            return KIND;
        }
    }
}
