package dev.flowir.ir;

/** What a node does, as a lambda or a method reference: one shape for each kind of node. */
public final class Body {

    private Body() {}

    /**
     * A body that only computes.
     *
     * @param <I> input
     * @param <O> output
     */
    @FunctionalInterface
    public interface Pure<I, O> {
        /**
         * {@return the output for {@code input}}
         *
         * @param input the item that arrived
         * @throws Exception when there is none; the attempt has failed
         */
        O apply(I input) throws Exception;
    }

    /**
     * A body with one capability.
     *
     * @param <A> what the body uses
     * @param <I> input
     * @param <O> output
     */
    @FunctionalInterface
    public interface Using<A, I, O> {
        /**
         * {@return the output for {@code input}}
         *
         * @param capability handle of the capability, for this attempt
         * @param input the item that arrived
         * @param context what the body may know about its attempt
         * @throws Exception when there is none; the attempt has failed
         */
        O apply(A capability, I input, NodeContext context) throws Exception;
    }

    /**
     * A body with two capabilities.
     *
     * @param <A> what the body uses
     * @param <B> what the body uses as well
     * @param <I> input
     * @param <O> output
     */
    @FunctionalInterface
    public interface UsingTwo<A, B, I, O> {
        /**
         * {@return the output for {@code input}}
         *
         * @param first handle of the first capability, for this attempt
         * @param second handle of the second capability, for this attempt
         * @param input the item that arrived
         * @param context what the body may know about its attempt
         * @throws Exception when there is none; the attempt has failed
         */
        O apply(A first, B second, I input, NodeContext context) throws Exception;
    }

    /**
     * A body with three capabilities.
     *
     * @param <A> what the body uses
     * @param <B> what the body uses as well
     * @param <C> what the body uses as well
     * @param <I> input
     * @param <O> output
     */
    @FunctionalInterface
    public interface UsingThree<A, B, C, I, O> {
        /**
         * {@return the output for {@code input}}
         *
         * @param first handle of the first capability, for this attempt
         * @param second handle of the second capability, for this attempt
         * @param third handle of the third capability, for this attempt
         * @param input the item that arrived
         * @param context what the body may know about its attempt
         * @throws Exception when there is none; the attempt has failed
         */
        O apply(A first, B second, C third, I input, NodeContext context) throws Exception;
    }

    /**
     * A body that undoes what a step did.
     *
     * @param <A> what the body uses
     * @param <I> input of the step
     * @param <O> output of the step
     */
    @FunctionalInterface
    public interface Undoing<A, I, O> {
        /**
         * Undoes it. May find nothing to undo: nobody knows what a step did that has no output.
         *
         * @param capability handle of the capability, for this attempt
         * @param done the step
         * @param context what the body may know about its attempt
         * @throws Exception when it is not undone; the attempt has failed
         */
        void undo(A capability, Done<I, O> done, NodeContext context) throws Exception;
    }

    /**
     * A body that emits items over time.
     *
     * @param <I> input
     * @param <T> item
     */
    @FunctionalInterface
    public interface Streaming<I, T> {
        /**
         * Emits the items for {@code input}; the stream ends when this returns.
         *
         * @param input the item that arrived
         * @param out takes the items; waits while nobody wants one
         * @param context what the body may know about its attempt
         * @throws Exception when it cannot go on; the consumer sees the stream break
         */
        void run(I input, Emitter<T> out, NodeContext context) throws Exception;
    }

    /**
     * A body with one capability that emits items over time.
     *
     * @param <A> what the body uses
     * @param <I> input
     * @param <T> item
     */
    @FunctionalInterface
    public interface StreamingUsing<A, I, T> {
        /**
         * Emits the items for {@code input}; the stream ends when this returns.
         *
         * @param capability handle of the capability, for this attempt
         * @param input the item that arrived
         * @param out takes the items; waits while nobody wants one
         * @param context what the body may know about its attempt
         * @throws Exception when it cannot go on; the consumer sees the stream break
         */
        void run(A capability, I input, Emitter<T> out, NodeContext context) throws Exception;
    }

    /**
     * The rest of a body that something stands before.
     *
     * @param <O> what it gives
     */
    @FunctionalInterface
    public interface Rest<O> {
        /**
         * Runs it, once at most.
         *
         * @return the output
         * @throws Exception when the work failed
         */
        O run() throws Exception;
    }

    /**
     * Stands before the body of a node.
     *
     * @param <A> what it uses
     * @param <I> input
     * @param <O> output
     */
    @FunctionalInterface
    public interface Around<A, I, O> {
        /**
         * Runs the rest of the body, or answers in its place.
         *
         * @param handle what the token stands for
         * @param input the input
         * @param rest the body
         * @param context what the body may know about its attempt
         * @return the output
         * @throws Exception when the work failed
         */
        O apply(A handle, I input, Rest<O> rest, NodeContext context) throws Exception;
    }
}
