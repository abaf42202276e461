package dev.flowir.ir;

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
