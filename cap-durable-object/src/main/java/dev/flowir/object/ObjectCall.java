package dev.flowir.object;

import dev.flowir.ir.Type;

/**
 * A call of a class's objects that has a name: its input and answer can travel as JSON, so it can
 * be made of an object that lives elsewhere, where code cannot be sent. Made the same way of
 * objects in this process.
 *
 * @param <C> the class in Java, or an interface of it
 * @param <I> what it is given
 * @param <O> what it answers
 */
public final class ObjectCall<C, I, O> {

    private final String name;
    private final Type<I> input;
    private final Type<O> output;
    private final Body<? super C, ? super I, ? extends O> body;
    private final boolean reads;

    /**
     * What runs on the object, alone.
     *
     * @param <C> the object
     * @param <I> what it is given
     * @param <O> what it answers
     */
    @FunctionalInterface
    public interface Body<C, I, O> {

        /**
         * Runs.
         *
         * @param object the object; not to be kept
         * @param input what it is given
         * @return the answer
         * @throws Exception to undo what was written
         */
        O run(C object, I input) throws Exception;
    }

    private ObjectCall(
            String name,
            Type<I> input,
            Type<O> output,
            Body<? super C, ? super I, ? extends O> body,
            boolean reads) {
        this.name = name;
        this.input = input;
        this.output = output;
        this.body = body;
        this.reads = reads;
    }

    /**
     * A call that may write.
     *
     * @param name unique in the class; callers elsewhere send it, so do not change it
     * @param input class of what it is given
     * @param output class of what it answers
     * @param body what runs on the object
     * @param <C> the class in Java
     * @param <I> what it is given
     * @param <O> what it answers
     * @return the call
     */
    public static <C, I, O> ObjectCall<C, I, O> of(
            String name,
            Class<I> input,
            Class<O> output,
            Body<? super C, ? super I, ? extends O> body) {
        return new ObjectCall<>(name, Type.of(input), Type.of(output), body, false);
    }

    /**
     * A call that only reads: nodes that only read may make it.
     *
     * @param name unique in the class
     * @param input class of what it is given
     * @param output class of what it answers
     * @param body what runs on the object; a write in it is refused
     * @param <C> the class in Java, or an interface of it
     * @param <I> what it is given
     * @param <O> what it answers
     * @return the call
     */
    public static <C, I, O> ObjectCall<C, I, O> reading(
            String name,
            Class<I> input,
            Class<O> output,
            Body<? super C, ? super I, ? extends O> body) {
        return new ObjectCall<>(name, Type.of(input), Type.of(output), body, true);
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return type of what it is given} */
    public Type<I> input() {
        return input;
    }

    /** {@return type of what it answers} */
    public Type<O> output() {
        return output;
    }

    /** {@return whether it only reads} */
    public boolean reads() {
        return reads;
    }

    /** Refuses a call that may write where only reading is allowed. */
    ObjectCall<C, I, O> reading() {
        if (!reads) {
            throw new ObjectException(
                    ObjectFault.READ_ONLY,
                    "the call '" + name + "' may write; a view asks what was made by reading(…)");
        }
        return this;
    }

    /** Runs it; what it throws is told as it is told by objects elsewhere. */
    O run(C object, I input) {
        try {
            return body.run(object, input);
        } catch (ObjectException refused) {
            throw refused;
        } catch (Exception thrown) {
            throw failed(thrown);
        }
    }

    static ObjectException failed(Exception thrown) {
        return new ObjectException(ObjectFault.CALL_FAILED, String.valueOf(thrown), thrown);
    }
}
