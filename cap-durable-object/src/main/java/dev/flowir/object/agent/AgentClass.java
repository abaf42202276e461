package dev.flowir.object.agent;

import dev.flowir.ir.Emitter;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.SocketOptions;
import java.util.Optional;
import java.util.function.Function;

/**
 * A class of agents: objects whose state clients see, and that have methods which clients call by
 * name over a WebSocket. Immutable; each call gives another class.
 *
 * <p>Give {@link #objects()} to the space, and {@code space.wires(agents.objects(), …)} to a host.
 *
 * @param <C> the class in Java
 * @param <S> type of the state
 */
public final class AgentClass<C extends AgentBody<S>, S> {

    private final Declared<C, S> declared;
    private final ObjectClass<C> objects;

    /**
     * A method that clients call.
     *
     * @param <C> the class in Java
     * @param <I> type of the argument
     * @param <O> type of the answer
     */
    @FunctionalInterface
    public interface Method<C, I, O> {

        /**
         * Runs on the agent, alone.
         *
         * @param agent the agent
         * @param input the argument
         * @param client whose call it is
         * @return the answer, which leaves after what was written
         * @throws Exception to leave nothing; a {@link RefusedException} tells the client why
         */
        O call(C agent, I input, AgentClient client) throws Exception;
    }

    /**
     * A method that answers with many items.
     *
     * @param <C> the class in Java
     * @param <I> type of the argument
     * @param <O> type of an item
     */
    @FunctionalInterface
    public interface Stream<C, I, O> {

        /**
         * Runs on the agent. Each item makes durable what was written before it, and waits for a
         * slow client while others have their turn.
         *
         * @param agent the agent
         * @param input the argument
         * @param client whose call it is
         * @param items where the items go
         * @throws Exception to end the stream with an error
         */
        void call(C agent, I input, AgentClient client, Emitter<O> items) throws Exception;
    }

    /**
     * What a task does.
     *
     * @param <C> the class in Java
     * @param <P> what it is given
     */
    @FunctionalInterface
    public interface Work<C, P> {

        /**
         * Runs on the agent, alone, at least once.
         *
         * @param agent the agent
         * @param payload what it is given
         * @throws Exception to leave nothing, and be tried again
         */
        void run(C agent, P payload) throws Exception;
    }

    /**
     * What an agent does when a run of its is over.
     *
     * @param <C> the class in Java
     * @param <O> what comes out of the run
     */
    @FunctionalInterface
    public interface RunEnded<C, O> {

        /**
         * Runs on the agent, alone, at least once for each run; what it writes is stored together
         * with that it was told.
         *
         * @param agent the agent
         * @param id the run
         * @param end how it ended
         * @throws Exception to leave nothing, and be told again
         */
        void ended(C agent, String id, RunStanding.Ended<O> end) throws Exception;
    }

    /**
     * Looks at a state before it is set, by whomever.
     *
     * @param <S> type of the state
     */
    @FunctionalInterface
    public interface StateCheck<S> {

        /**
         * Looks at it.
         *
         * @param before the state that is
         * @param next the state that would be
         * @return why it is refused; empty when it is fine
         */
        Optional<String> refusal(S before, S next);
    }

    private AgentClass(Declared<C, S> declared) {
        this.declared = declared;
        this.objects = declared.objects();
    }

    /**
     * A class of agents that only show their state.
     *
     * @param name stored with every object: never change it. Letters, digits, {@code _ . -}
     * @param state type of the state
     * @param initial what it is until it is first set; not stored
     * @param constructor runs at every wake, alone
     * @param <C> the class in Java
     * @param <S> type of the state
     * @return the class
     */
    public static <C extends AgentBody<S>, S> AgentClass<C, S> of(
            String name, Class<S> state, S initial, Function<Agent<S>, C> constructor) {
        return of(name, Type.of(state), initial, constructor);
    }

    /**
     * As {@link #of(String, Class, Object, Function)}, with a type that has arguments.
     *
     * @param name stored with every object: never change it. Letters, digits, {@code _ . -}
     * @param state type of the state
     * @param initial what it is until it is first set; not stored
     * @param constructor runs at every wake, alone
     * @param <C> the class in Java
     * @param <S> type of the state
     * @return the class
     */
    public static <C extends AgentBody<S>, S> AgentClass<C, S> of(
            String name, Type<S> state, S initial, Function<Agent<S>, C> constructor) {
        return new AgentClass<>(Declared.of(name, state, initial, constructor));
    }

    /**
     * With a method that clients may call who may write.
     *
     * @param name what they call it by
     * @param input type of the argument
     * @param output type of the answer
     * @param method what it does
     * @param <I> type of the argument
     * @param <O> type of the answer
     * @return the class
     * @throws IllegalArgumentException when there is a method of this name
     */
    public <I, O> AgentClass<C, S> method(
            String name, Class<I> input, Class<O> output, Method<C, I, O> method) {
        return method(name, AgentClient.Access.WRITE, Type.of(input), Type.of(output), method);
    }

    /**
     * With a method that every client may call: it should only look.
     *
     * @param name what they call it by
     * @param input type of the argument
     * @param output type of the answer
     * @param method what it does
     * @param <I> type of the argument
     * @param <O> type of the answer
     * @return the class
     * @throws IllegalArgumentException when there is a method of this name
     */
    public <I, O> AgentClass<C, S> openMethod(
            String name, Class<I> input, Class<O> output, Method<C, I, O> method) {
        return method(name, AgentClient.Access.READ, Type.of(input), Type.of(output), method);
    }

    /**
     * With a method.
     *
     * @param name what clients call it by
     * @param least what a connection must be allowed to
     * @param input type of the argument
     * @param output type of the answer
     * @param method what it does
     * @param <I> type of the argument
     * @param <O> type of the answer
     * @return the class
     * @throws IllegalArgumentException when there is a method of this name
     */
    public <I, O> AgentClass<C, S> method(
            String name,
            AgentClient.Access least,
            Type<I> input,
            Type<O> output,
            Method<C, I, O> method) {
        return new AgentClass<>(
                declared.with(new Callable.Answering<>(name, least, input, output, method)));
    }

    /**
     * With a method that answers with many items.
     *
     * @param name what clients call it by
     * @param least what a connection must be allowed to
     * @param input type of the argument
     * @param item type of an item
     * @param method what it does
     * @param <I> type of the argument
     * @param <O> type of an item
     * @return the class
     * @throws IllegalArgumentException when there is a method of this name
     */
    public <I, O> AgentClass<C, S> stream(
            String name,
            AgentClient.Access least,
            Class<I> input,
            Class<O> item,
            Stream<C, I, O> method) {
        return new AgentClass<>(
                declared.with(
                        new Callable.Streaming<>(
                                name, least, Type.of(input), Type.of(item), method)));
    }

    /**
     * With a task that the agent can {@linkplain Agent#schedules() schedule}.
     *
     * @param task which
     * @param work what it does
     * @param <P> what it is given
     * @return the class
     * @throws IllegalArgumentException when there is a task of this name, or it begins with {@code
     *     flowir.}
     */
    public <P> AgentClass<C, S> task(AgentTask<P> task, Work<C, P> work) {
        if (task.name().startsWith(AgentCore.OURS)) {
            throw new IllegalArgumentException(
                    "'"
                            + task.name()
                            + "' is a name of the library; one that does not begin with '"
                            + AgentCore.OURS
                            + "' is free");
        }
        return new AgentClass<>(declared.with(new Errand.Task<>(task, work)));
    }

    /**
     * With work that the agent can {@linkplain Agent#runs() start} outside of itself.
     *
     * @param run which
     * @param engine where it happens
     * @param ended what the agent does when it is over
     * @param <I> what goes in
     * @param <O> what comes out
     * @return the class
     * @throws IllegalArgumentException when there is a run of this name
     */
    public <I, O> AgentClass<C, S> run(
            AgentRun<I, O> run, RunEngine<I, O> engine, RunEnded<C, O> ended) {
        return new AgentClass<>(declared.with(new RunErrand<>(run, engine, ended)));
    }

    /**
     * With a check of every state before it is set.
     *
     * @param check refuses what must not be
     * @return the class
     */
    public AgentClass<C, S> check(StateCheck<S> check) {
        return new AgentClass<>(declared.with(check));
    }

    /**
     * With connections that may do less; unless said, all may write.
     *
     * @param access what a client may do, by how it connects
     * @return the class
     */
    public AgentClass<C, S> access(Function<WireRequest, AgentClient.Access> access) {
        return new AgentClass<>(declared.with(access));
    }

    /**
     * With other limits.
     *
     * @param limits the numbers to keep to
     * @return the class
     */
    public AgentClass<C, S> limits(AgentLimits limits) {
        return new AgentClass<>(declared.with(limits));
    }

    /**
     * With sockets that behave otherwise. Unless said, a client that is too slow gets a snapshot in
     * place of what it missed, and {@code ping} is answered with {@code pong}.
     *
     * @param sockets how they behave
     * @return the class
     */
    public AgentClass<C, S> sockets(SocketOptions sockets) {
        return new AgentClass<>(declared.with(sockets));
    }

    /** {@return the class as a space knows it} */
    public ObjectClass<C> objects() {
        return objects;
    }
}
