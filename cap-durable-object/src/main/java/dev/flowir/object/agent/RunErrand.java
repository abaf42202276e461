package dev.flowir.object.agent;

import dev.flowir.ir.Type;
import dev.flowir.object.ObjectContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at a run of an agent, starts it when nobody knows it, and tells the agent when it is over.
 *
 * @param <C> the class in Java
 * @param <S> type of the agent's state
 * @param <I> what goes in
 * @param <O> what comes out
 */
record RunErrand<C extends AgentBody<S>, S, I, O>(
        AgentRun<I, O> run, RunEngine<I, O> engine, AgentClass.RunEnded<C, O> ended)
        implements Errand<C> {

    /** What the schedules of runs begin with. */
    static final String NAMES = AgentCore.OURS + "run/";

    private static final long SOONEST_MILLIS = 1_000;
    private static final long LATEST_MILLIS = 60_000;

    /**
     * A run as it is stored.
     *
     * @param input what goes in, as JSON
     * @param sinceMillis when it was asked for
     * @param trouble what its engine threw last
     */
    record Asked(String input, long sinceMillis, Optional<String> trouble) {

        private static final Type<Asked> TYPE = Type.of(Asked.class);

        static Asked of(String input, long sinceMillis) {
            return new Asked(input, sinceMillis, Optional.empty());
        }

        static Asked read(String payload) {
            return Errand.given("a run", TYPE, payload);
        }

        String text() {
            return Json.text(TYPE, this);
        }
    }

    /** How it stands, or why nobody knows. */
    private record Seen<O>(RunStanding<O> standing, Optional<String> trouble) {}

    static String nameOf(AgentRun<?, ?> run) {
        return NAMES + run.name();
    }

    @Override
    public String name() {
        return nameOf(run);
    }

    @Override
    public Optional<Duration> run(C agent, String schedule, String payload) throws Exception {
        AgentCore<S> core = AgentCore.of(agent);
        Asked asked = Asked.read(payload);
        I input = Errand.given(run.name(), run.input(), asked.input());
        String id = RunTable.idOf(schedule);
        ObjectContext self = core.self();
        Seen<O> seen = self.outside(() -> seen(id, input));
        Optional<TaskRow> row = core.tasks().row(schedule);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        if (seen.standing() instanceof RunStanding.Ended<O> over) {
            ended.ended(agent, id, over);
            return Optional.empty();
        }
        Asked now = new Asked(asked.input(), asked.sinceMillis(), seen.trouble());
        core.tasks().put(schedule, row.get().movedTo(row.get().atMillis(), now.text()));
        long age = self.now().toEpochMilli() - asked.sinceMillis();
        return Optional.of(Duration.ofMillis(Math.clamp(age / 2, SOONEST_MILLIS, LATEST_MILLIS)));
    }

    /**
     * What the engine says. That it does not answer is no failure of the run: it is asked again.
     */
    private Seen<O> seen(String id, I input) throws InterruptedException {
        try {
            RunStanding<O> standing = engine.look(id);
            if (standing instanceof RunStanding.Unknown<O>) {
                engine.start(id, input);
                standing = engine.look(id);
            }
            return new Seen<>(standing, Optional.empty());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new Seen<>(new RunStanding.Unknown<>(), Optional.of(String.valueOf(e)));
        }
    }
}
