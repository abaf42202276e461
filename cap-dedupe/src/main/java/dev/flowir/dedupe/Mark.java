package dev.flowir.dedupe;

import java.time.Duration;
import java.util.Optional;

/**
 * What is kept of a key, and what may become of it. Pure.
 *
 * @param owner whose work it is
 * @param state how far the work is
 * @param endsAtMillis when the mark counts no more
 */
record Mark(String owner, State state, long endsAtMillis) {

    enum State {
        HELD,
        DONE
    }

    /** A mark that counts; a clock that is put back ends none sooner. */
    static Optional<Mark> current(Optional<Mark> kept, long nowMillis) {
        return kept.filter(mark -> nowMillis < mark.endsAtMillis);
    }

    /** What asking for the key says. */
    static Reservation asked(Optional<Mark> current, String owner, long nowMillis) {
        if (current.isEmpty()) {
            return new Reservation.First();
        }
        Mark mark = current.get();
        boolean own = mark.owner.equals(owner);
        if (mark.state == State.DONE) {
            return new Reservation.Done(own ? Reservation.By.THIS_WORK : Reservation.By.OTHER_WORK);
        }
        return own
                ? new Reservation.First()
                : new Reservation.InProgress(Duration.ofMillis(mark.endsAtMillis - nowMillis));
    }

    /** Whether another work has the key. */
    static boolean isOthers(Optional<Mark> current, String owner) {
        return current.isPresent() && !current.get().owner.equals(owner);
    }

    /** Whether this work holds the key. */
    static boolean isHeldBy(Optional<Mark> current, String owner) {
        return current.isPresent()
                && current.get().owner.equals(owner)
                && current.get().state == State.HELD;
    }
}
