package dev.flowir.dedupe;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Utf8Key;
import java.time.Duration;
import java.util.Optional;

/** The handle of one attempt. */
final class Marking implements DedupeKeys {

    /** Bytes of a key: those of the key-value capability. */
    private static final int MOST_KEY_BYTES = 512;

    private final Marks marks;
    private final DedupeTimes times;
    private final Scope scope;

    Marking(Marks marks, DedupeTimes times, Scope scope) {
        this.marks = marks;
        this.times = times;
        this.scope = scope;
    }

    @Override
    public Reservation reserve(String key) {
        return fenced(
                key,
                place -> {
                    Reservation answer = Mark.asked(place.current(), owner(), place.nowMillis());
                    if (answer instanceof Reservation.First) {
                        put(place, Mark.State.HELD);
                    }
                    return answer;
                });
    }

    @Override
    public void commit(String key) {
        boolean lost =
                fenced(
                        key,
                        place -> {
                            if (Mark.isOthers(place.current(), owner())) {
                                return true;
                            }
                            put(place, Mark.State.DONE);
                            return false;
                        });
        if (lost) {
            throw new DedupeException(
                    DedupeFault.LEASE_LOST,
                    "the lease of "
                            + times.lease()
                            + " ended before the work did, and another work has the key; make"
                            + " DedupeTimes.lease longer than the work",
                    Duration.ZERO);
        }
    }

    @Override
    public void release(String key) {
        // whether there was something to release is nobody's question
        var unused = fenced(key, this::removeHeld);
    }

    private boolean removeHeld(Marks.Place place) {
        boolean held = Mark.isHeldBy(place.current(), owner());
        if (held) {
            place.remove();
        }
        return held;
    }

    @Override
    public boolean forget(String key) {
        return fenced(
                key,
                place -> {
                    Optional<Mark> current = place.current();
                    current.ifPresent(mark -> place.remove());
                    return current.isPresent();
                });
    }

    @Override
    public boolean putIfAbsent(String key) {
        return fenced(
                key,
                place -> {
                    boolean ours = !Mark.isOthers(place.current(), owner());
                    if (ours) {
                        put(place, Mark.State.DONE);
                    }
                    return ours;
                });
    }

    private void put(Marks.Place place, Mark.State state) {
        Duration time = state == Mark.State.DONE ? times.keep() : times.lease();
        place.put(new Mark(owner(), state, place.nowMillis() + time.toMillis()));
    }

    private String owner() {
        return scope.idempotencyKey();
    }

    private <T> T fenced(String key, Marks.Step<T> step) {
        int bytes = Utf8Key.encode(key).map(Utf8Key::length).orElse(0);
        if (bytes < 1 || bytes > MOST_KEY_BYTES) {
            throw new DedupeException(
                    DedupeFault.BAD_KEY,
                    "a key has 1 to "
                            + MOST_KEY_BYTES
                            + " bytes of UTF-8; use a hash of what is long",
                    Duration.ZERO);
        }
        return marks.step(
                key,
                place -> {
                    scope.fence().ensureCurrent();
                    return step.take(place);
                });
    }
}
