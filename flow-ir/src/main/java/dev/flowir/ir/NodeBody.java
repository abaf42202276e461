package dev.flowir.ir;

import java.util.List;

/**
 * What a driver runs for a node: types erased, handles passed in. Typed authoring makes these from
 * lambdas; handlers of flows that came as JSON implement them directly.
 */
public sealed interface NodeBody {

    /** A body that gives one value, or {@link NoOutput#NONE} for none. */
    @FunctionalInterface
    non-sealed interface Single extends NodeBody {

        /**
         * Runs once.
         *
         * @param input the item, or the list of joined items in the order of the join
         * @param handles what the node's tokens stand for
         * @param context what the body may know about its attempt
         * @return the output; {@link NoOutput#NONE} when the item ends here
         * @throws Exception when the work failed
         */
        Object run(Object input, Handles handles, NodeContext context) throws Exception;
    }

    /** A body that gives any number of values over time. */
    @FunctionalInterface
    non-sealed interface Streaming extends NodeBody {

        /**
         * Runs once; the stream ends when this returns.
         *
         * @param input the item
         * @param out where items go
         * @param handles what the node's tokens stand for
         * @param context what the body may know about its attempt
         * @throws Exception when the work failed; the consumer sees it as the end of the stream
         */
        void run(Object input, Emitter<Object> out, Handles handles, NodeContext context)
                throws Exception;
    }

    /**
     * A body that gets its item and nothing else. A driver that only computes calls the function
     * itself and makes nothing for it.
     *
     * @param function gives the output for the item
     */
    record Computing(Body.Pure<Object, Object> function) implements Single {

        @SuppressWarnings("unchecked") // edges are typed
        static Computing of(Body.Pure<?, ?> body) {
            return new Computing((Body.Pure<Object, Object>) body);
        }

        @Override
        public Object run(Object input, Handles handles, NodeContext context) throws Exception {
            return function.apply(input);
        }
    }

    /**
     * A body that gets the two items of a join and nothing else. A driver that only computes calls
     * the function itself and makes no list for it.
     *
     * @param function gives the output for both items
     */
    record JoiningTwo(JoinTwo<Object, Object, Object> function) implements Single {

        @SuppressWarnings("unchecked") // edges are typed
        static JoiningTwo of(JoinTwo<?, ?, ?> body) {
            return new JoiningTwo((JoinTwo<Object, Object, Object>) body);
        }

        @Override
        public Object run(Object input, Handles handles, NodeContext context) throws Exception {
            List<?> parts = (List<?>) input;
            return function.apply(parts.get(0), parts.get(1));
        }
    }

    /** A body that does nothing, such as that of a trigger. */
    enum Passing implements Single {
        /** What comes in goes on. */
        ON;

        @Override
        public Object run(Object input, Handles handles, NodeContext context) {
            return input;
        }
    }

    /** The output of a body that has none. */
    enum NoOutput {
        /** The item ends at this node. */
        NONE
    }

    /**
     * The failure of a body that returned null, for drivers.
     *
     * @param node alias of its node
     * @return what the node fails with
     */
    static NullPointerException gaveNull(String node) {
        return new NullPointerException(
                "the body of '"
                        + node
                        + "' returned null; a body without output returns NodeBody.NoOutput.NONE");
    }
}
