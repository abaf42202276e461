package dev.flowir.durable;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import java.util.List;
import java.util.Optional;

/** Looks at the runs of one engine, and steers them. */
final class Steering implements RunControl {

    private final Engine engine;
    private final Readings readings;
    private final Restarts restarts;
    private final Deliveries deliveries;
    private final Along along;

    Steering(Engine engine) {
        this(engine, Along.NOTHING);
    }

    /** Steers, and writes {@code along} in the transaction of whatever it does. */
    Steering(Engine engine, Along along) {
        this.engine = engine;
        this.along = along;
        this.readings = new Readings(engine.journal(), engine.versions());
        this.restarts = new Restarts(engine, along);
        this.deliveries = new Deliveries(engine, readings, along);
    }

    // ---- looking

    @Override
    public Optional<RunView> find(String id) {
        return engine.journal().read(tx -> tx.find(id)).map(RunView::of);
    }

    @Override
    public List<RunView> list(List<RunState> states, int limit) {
        return engine.journal().read(tx -> tx.list(states, 0, limit)).stream()
                .map(RunView::of)
                .toList();
    }

    @Override
    public List<HistoryEvent> history(String id) {
        return readings.history(id);
    }

    @Override
    public String export(String id) {
        return readings.of(id, HistoryFile::write);
    }

    @Override
    public RunInspection inspect(String id) {
        return readings.of(id, RunInspection::of);
    }

    // ---- steering

    @Override
    public RunView ask(RunRequest request) {
        String id = request.run();
        switch (request) {
            case RunRequest.Pause ignored -> pause(id);
            case RunRequest.Resume ignored -> resume(id);
            case RunRequest.Terminate it -> terminate(id, it.reason());
            case RunRequest.TerminateAndUndo it -> terminateAndUndo(id, it.reason());
            case RunRequest.Restart ignored -> restart(id);
            case RunRequest.RestartFrom it -> restartFrom(id, it.node());
            case RunRequest.Signal it ->
                    deliveries.signalJson(existing(id), it.name(), it.key(), it.payload());
            case RunRequest.Answer it ->
                    deliveries.answerNamed(existing(id), it.node(), it.answer(), it.by());
        }
        return RunView.of(readings.row(id));
    }

    @Override
    public void signal(String id, String name, Object payload) {
        deliveries.signal(existing(id), name, Optional.empty(), payload);
    }

    @Override
    public void signal(String id, String name, String key, Object payload) {
        deliveries.signal(existing(id), name, Optional.of(key), payload);
    }

    @Override
    public void answer(String id, String node, Enum<?> answer, String by) {
        deliveries.answer(existing(id), node, answer, by);
    }

    @Override
    public void pause(String id) {
        RunRow row = existing(id);
        if (row.state() == RunState.HELD) {
            throw new JournalException(
                    JournalFault.WRONG_STATE,
                    "run '" + id + "' has not begun: it waits for its turn");
        }
        bring(row, (core, at) -> List.of(new Entry.Paused(at)));
    }

    @Override
    public void resume(String id) {
        bring(
                existing(id),
                (core, at) -> {
                    long stood = engine.time().nanos() - core.pausedNanos() - at;
                    return core.isPaused()
                            ? List.of(new Entry.Resumed(at, Math.max(0, stood)))
                            : Engine.due(core, at);
                });
    }

    @Override
    public void terminate(String id, String reason) {
        bring(existing(id), (core, at) -> List.of(new Entry.Cancelled(at, reason)));
    }

    @Override
    public void terminateAndUndo(String id, String reason) {
        bring(existing(id), (core, at) -> List.of(new Entry.CancelledToUndo(at, reason)));
    }

    @Override
    public void restart(String id) {
        engine.ensureOpen();
        restarts.fromBeginning(readings.row(id));
    }

    @Override
    public void restartFrom(String id, String node) {
        engine.ensureOpen();
        restarts.from(readings.row(id), node);
    }

    @Override
    public RunView fork(String id, String node, String newId) {
        engine.ensureOpen();
        Names.ensureId(newId);
        restarts.fork(readings.row(id), node, newId);
        return RunView.of(readings.row(newId));
    }

    private void bring(RunRow row, News news) {
        engine.bring(row.run(), along.with(news));
    }

    private RunRow existing(String id) {
        engine.ensureOpen();
        RunRow row = readings.row(id);
        if (row.state().isOver()) {
            throw new JournalException(
                    JournalFault.WRONG_STATE, "run '" + id + "' is over: " + row.state());
        }
        return row;
    }
}
