package dev.flowir.object.agent;

import dev.flowir.ir.Type;

/**
 * Work outside of the object that an agent starts, and is told the end of.
 *
 * @param name stored with each run: never change it
 * @param input type of what goes in
 * @param output type of what comes out
 * @param <I> what goes in
 * @param <O> what comes out
 */
public record AgentRun<I, O>(String name, Type<I> input, Type<O> output) {

    /**
     * Work of this kind.
     *
     * @param name stored with each run: never change it
     * @param input type of what goes in
     * @param output type of what comes out
     * @param <I> what goes in
     * @param <O> what comes out
     * @return the kind
     */
    public static <I, O> AgentRun<I, O> of(String name, Class<I> input, Class<O> output) {
        return new AgentRun<>(name, Type.of(input), Type.of(output));
    }
}
