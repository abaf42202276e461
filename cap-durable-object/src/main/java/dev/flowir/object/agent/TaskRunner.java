package dev.flowir.object.agent;

import dev.flowir.object.AlarmRing;
import dev.flowir.object.ObjectClass;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs what is due when the alarm of an agent rings: one task for each ringing, so that one that
 * throws takes nothing of others with it. That it was begun is durable before it runs; so it is
 * known how often, whatever ends it.
 */
final class TaskRunner<C extends AgentBody<S>, S> implements ObjectClass.Alarm<C> {

    /** Time before a task that was begun is looked at again, unless it ends before. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Declared<C, S> declared;

    /** What tasks have thrown, until they are given up or succeed. */
    private final Map<String, String> causes = new ConcurrentHashMap<>();

    TaskRunner(Declared<C, S> declared) {
        this.declared = declared;
    }

    @Override
    public void ring(C agent, AlarmRing ring) throws Exception {
        AgentCore<S> core = AgentCore.of(agent);
        Tasks tasks = core.tasks();
        Optional<String> due = tasks.due();
        // An alarm that rings again after a failure only looks: its own retries are bounded.
        if (ring.isRetry() || due.isEmpty()) {
            tasks.arm();
            return;
        }
        String id = due.get();
        TaskRow row = tasks.row(id).orElseThrow();
        Errand<C> errand = declared.tasks().get(row.task());
        String place = core.self().id() + "/" + id;
        if (errand == null || row.attempts() > declared.limits().taskRetries()) {
            Optional<String> cause = Optional.ofNullable(causes.remove(place));
            tasks.giveUp(id, row, errand == null ? Optional.of("no such task") : cause);
            tasks.arm();
            return;
        }
        tasks.put(id, row.begun(core.self().now().plus(RETRY).toEpochMilli()));
        tasks.arm();
        core.self().storage().sync();
        Optional<Duration> later;
        try {
            later = errand.run(agent, id, row.payload());
        } catch (Exception e) {
            causes.put(place, String.valueOf(e));
            throw e;
        }
        causes.remove(place);
        long now = core.self().now().toEpochMilli();
        tasks.row(id)
                .ifPresent(it ->
                        later.ifPresentOrElse(
                                wait ->
                                        tasks.put(
                                                id,
                                                it.movedTo(now + wait.toMillis(), it.payload())),
                                () -> tasks.finish(id, it)));
        tasks.arm();
    }
}
