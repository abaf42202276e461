package dev.flowir.object;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings the alarms of a space: one timer for the next one that is due, whatever the number of
 * objects. An alarm stays in the store until its handler has succeeded, so that one that a crash
 * interrupts rings again.
 */
final class AlarmClock {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);

    /** Most alarms that ring at once; further ones wait for one of them. */
    private static final int MOST_RINGING = 256;

    /** Longest wait after failures that are not the handler's own, as in workerd. */
    private static final int MOST_DOUBLINGS = 9;

    private final StoredSpace space;
    private final ObjectTables tables;
    private final Timeline timeline;
    private final ObjectLimits limits;
    private final Map<ObjectId, Integer> ringing = new ConcurrentHashMap<>();

    private long scheduledMillis = Long.MAX_VALUE;
    private @Nullable Runnable cancel;
    private boolean looking;
    private boolean again;
    private boolean closed;

    AlarmClock(StoredSpace space, ObjectTables tables, ObjectOptions options) {
        this.space = space;
        this.tables = tables;
        this.timeline = options.timeline();
        this.limits = options.limits();
    }

    /** An alarm was set: looks at it in time. */
    void moved(AlarmState alarm) {
        if (alarm.isSet()) {
            lookAt(alarm.atMillis());
        }
    }

    private void lookAt(long atMillis) {
        synchronized (this) {
            if (closed || atMillis >= scheduledMillis) {
                return;
            }
            if (cancel != null) {
                cancel.run();
                cancel = null;
            }
            long wait = atMillis - timeline.millis();
            if (wait > 0) {
                scheduledMillis = atMillis;
                cancel = timeline.schedule(Duration.ofMillis(wait), this::look);
                if (timeline.millis() < atMillis) {
                    return; // else the clock was moved while this was reckoned
                }
            }
        }
        look();
    }

    /** Looks which alarms are due, on a thread of its own. */
    void look() {
        synchronized (this) {
            scheduledMillis = Long.MAX_VALUE;
            if (closed) {
                return;
            }
            if (looking) {
                again = true;
                return;
            }
            looking = true;
        }
        Thread.startVirtualThread(this::lookNow);
    }

    private void lookNow() {
        boolean more = true;
        while (more) {
            long next = Long.MAX_VALUE;
            try {
                next = ringDue();
            } catch (RuntimeException e) {
                LOG.warn("Alarms could not be read; trying again", e);
                next = timeline.millis() + limits.alarmDelay().toMillis();
            }
            if (next != Long.MAX_VALUE) {
                lookAt(next);
            }
            synchronized (this) {
                more = again && !closed;
                again = false;
                looking = more;
                notifyAll();
            }
        }
    }

    /** Rings what is due, and says when the next one is. */
    private long ringDue() {
        for (ObjectTables.Due due : tables.alarms(MOST_RINGING + ringing.size())) {
            if (due.atMillis() > timeline.millis()) {
                return due.atMillis();
            }
            if (ringing.size() >= MOST_RINGING) {
                break; // each that ends looks again
            }
            space.classNamed(due.className())
                    .ifPresentOrElse(
                            type -> ring(type, due),
                            () ->
                                    LOG.debug(
                                            "No class '{}' here; its alarm waits",
                                            due.className()));
        }
        return Long.MAX_VALUE;
    }

    private <C> void ring(ObjectClass<C> type, ObjectTables.Due due) {
        ObjectId id = space.ids(type).parse(due.id()).named(due.name());
        if (ringing.putIfAbsent(id, 0) == null) {
            ring(type, id);
        }
    }

    private <C> void ring(ObjectClass<C> type, ObjectId id) {
        Message<C, Boolean> message =
                new Message<>(Message.Kind.ALARM, object -> handle(type, object), Fence.open());
        Runnable limit =
                timeline.schedule(limits.maxAlarm(), () -> message.giveUp(ObjectFault.TIMED_OUT));
        message.whenAnswered(failure -> {
            limit.run();
            ended(type, id, failure.isEmpty() || message.isRecorded());
        });
        space.ring(type, id, message);
    }

    private <C> void ended(ObjectClass<C> type, ObjectId id, boolean known) {
        if (known) {
            synchronized (this) { // nobody may find the clock idle in between
                ringing.remove(id);
                look();
            }
            return;
        }
        // Not the handler's fault: not counted, and tried for as long as it takes.
        int failures = ringing.merge(id, 1, Integer::sum);
        Duration wait = limits.alarmDelay().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        synchronized (this) {
            notifyAll();
            if (!closed) {
                timeline.schedule(wait, () -> ring(type, id));
            }
        }
    }

    // ---- inside the object's turn

    /** Prepares a turn for ringing; false when the alarm was moved meanwhile. */
    boolean begin(Turn turn, Shelf shelf) {
        AlarmState alarm = shelf.alarm();
        if (!alarm.isDue(timeline.millis())) {
            return false;
        }
        turn.rings(new AlarmRing(alarm.retries()));
        return true;
    }

    private <C> boolean handle(ObjectClass<C> type, C object) throws Exception {
        Optional<AlarmRing> ring = Turn.current().flatMap(Turn::ring);
        Optional<ObjectClass.Alarm<C>> handler = type.alarm();
        if (ring.isPresent() && handler.isPresent()) {
            space.tally().rang();
            handler.get().ring(object, ring.get());
        }
        return ring.isPresent();
    }

    /** Decides what a ringing that failed leaves behind. */
    void failed(Turn turn, Throwable failure) {
        if (turn.ring().isEmpty() || failure instanceof StoreException || space.isClosed()) {
            return; // no fault of the handler's
        }
        int retries = turn.ring().get().retryCount();
        Optional<AlarmState> chosen =
                turn.hasChosenAlarm() ? turn.draft().alarm() : Optional.empty();
        Draft instead = new Draft();
        if (chosen.isPresent()) {
            instead.alarm(chosen.get());
        } else if (retries < limits.alarmRetries()) {
            instead.alarm(new AlarmState(timeline.millis() + delayMillis(retries), retries + 1));
        } else {
            instead.alarm(AlarmState.NONE);
            turn.abandon();
        }
        turn.instead(instead);
        LOG.warn(
                "The alarm of {} {} failed at attempt {}: {}",
                turn.instance().type(),
                turn.instance().id(),
                retries + 1,
                chosen.isPresent()
                        ? "it has set another"
                        : retries < limits.alarmRetries() ? "it rings again" : "it is abandoned",
                failure);
    }

    private long delayMillis(int retries) {
        long exact = limits.alarmDelay().toMillis() << retries;
        return exact + ThreadLocalRandom.current().nextLong(exact / 4 + 1);
    }

    // ---- ending

    /** Waits until nothing rings, and nothing that is due waits to be looked at. */
    synchronized boolean awaitIdle(long untilNanos) throws InterruptedException {
        while (!isIdle()) {
            long left = untilNanos - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    private boolean isIdle() {
        return !looking && ringing.values().stream().allMatch(failures -> failures > 0);
    }

    synchronized void close() {
        closed = true;
        if (cancel != null) {
            cancel.run();
        }
    }
}
