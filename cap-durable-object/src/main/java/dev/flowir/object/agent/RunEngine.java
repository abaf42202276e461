package dev.flowir.object.agent;

/**
 * Where runs of agents happen: durable runs in this process, or a service. Asked outside of the
 * agent's turn, again and again, also for what it was asked before.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public interface RunEngine<I, O> {

    /**
     * Starts a run unless there is one of this id.
     *
     * @param id the run: letters, digits, {@code _} and {@code -}, at most 100
     * @param input what goes in
     * @throws Exception to be asked again later
     */
    void start(String id, I input) throws Exception;

    /**
     * How a run stands.
     *
     * @param id the run
     * @return {@link RunStanding.Unknown} when it has to be started
     * @throws Exception to be asked again later
     */
    RunStanding<O> look(String id) throws Exception;
}
