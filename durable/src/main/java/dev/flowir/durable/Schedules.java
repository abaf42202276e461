package dev.flowir.durable;

import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the runs of schedules when their moments come, and what is due of those that were missed.
 */
final class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    /** A moment that is older was missed. */
    private static final Duration ON_TIME = Duration.ofMinutes(1);

    private static final int MOST_MISSED = 1000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final DurableRuntime runtime;
    private final Engine engine;
    private final AlarmClock alarm;
    private final List<Schedule<?>> schedules = new CopyOnWriteArrayList<>();

    Schedules(DurableRuntime runtime, Engine engine) {
        this.runtime = runtime;
        this.engine = engine;
        this.alarm = new AlarmClock(engine.time(), () -> engine.launch(this::look));
    }

    void add(Schedule<?> schedule) {
        schedules.add(schedule);
        engine.launch(this::look);
    }

    void off() {
        alarm.off();
    }

    /** One look at a time: two would both begin the same moment and then both count it. */
    private synchronized void look() {
        for (Schedule<?> schedule : schedules) {
            try {
                look(schedule);
            } catch (JournalException closed) {
                LOG.debug("schedule {} is not looked at any more", schedule.name(), closed);
            } catch (RuntimeException e) { // the store or the input's maker: again a little later
                LOG.warn("schedule {} could not begin a run", schedule.name(), e);
                alarm.at(engine.nowMillis() + RETRY.toMillis());
            }
        }
    }

    private void look(Schedule<?> schedule) {
        Instant now = Instant.ofEpochMilli(engine.nowMillis());
        Optional<Journal.Look> before = engine.journal().read(tx -> tx.look(schedule.name()));
        if (before.isEmpty()) { // new: nothing was missed
            remember(schedule, new Journal.Look(now.toEpochMilli(), ""));
        }
        Instant from = before.map(it -> Instant.ofEpochMilli(it.atMillis())).orElse(now);
        String last = before.map(Journal.Look::lastRun).orElse("");
        for (Instant moment : toBegin(schedule, from, now)) {
            last = begin(schedule, moment, last);
            remember(schedule, new Journal.Look(moment.toEpochMilli(), last));
        }
        schedule.cron().next(now).ifPresent(next -> alarm.at(next.toEpochMilli()));
    }

    private static List<Instant> toBegin(Schedule<?> schedule, Instant from, Instant now) {
        List<Instant> due = new ArrayList<>();
        Optional<Instant> next = schedule.cron().next(from);
        while (next.isPresent() && !next.get().isAfter(now)) {
            due.add(next.get());
            if (due.size() > MOST_MISSED) {
                due.remove(0);
            }
            next = schedule.cron().next(next.get());
        }
        return switch (schedule.misfire()) {
            case ALL -> due;
            case LATEST -> due.subList(Math.max(0, due.size() - 1), due.size());
            case SKIP -> due.stream().filter(it -> it.isAfter(now.minus(ON_TIME))).toList();
        };
    }

    /** Begins a moment's run; the last run that was begun. */
    private <I> String begin(Schedule<I> schedule, Instant moment, String last) {
        String id = schedule.name() + "-" + moment.getEpochSecond();
        if (schedule.overlap() == Overlap.SKIP && !last.equals(id) && isAtWork(last)) {
            LOG.info("schedule {} skips {}: run {} is not over", schedule.name(), moment, last);
            return last;
        }
        return runtime.start(schedule.flow(), id, schedule.input().apply(moment)).id();
    }

    private boolean isAtWork(String id) {
        return engine.journal()
                .read(tx -> tx.find(id))
                .map(row -> !row.state().isOver())
                .orElse(false);
    }

    private void remember(Schedule<?> schedule, Journal.Look look) {
        engine.journal()
                .write(tx -> {
                    tx.look(schedule.name(), look);
                    return true;
                });
    }
}
