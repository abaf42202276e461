package dev.flowir.kernel.machine;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Permits for bodies of one node and the line of those who wait for one, first come first served.
 * Whoever gives a permit back hands it to the head of the line, so nobody who comes later can take
 * it. Belongs to one thread at a time.
 *
 * @param <W> who takes permits; compared by {@code equals}
 */
public class FairPermits<W> {

    private final int limit;

    /** Who waits, in the order in which they came. */
    private final Set<W> line = new LinkedHashSet<>();

    private int taken;

    /**
     * Permits that nobody has.
     *
     * @param limit how many there are, at least 1
     */
    public FairPermits(int limit) {
        this.limit = limit;
    }

    /**
     * Takes a permit, or a place at the end of the line.
     *
     * @param who comes; not in the line already
     * @return true for a permit, false for a place in the line
     */
    public boolean enter(W who) {
        if (taken < limit) {
            taken++;
            return true;
        }
        line.add(who);
        return false;
    }

    /**
     * Leaves the line.
     *
     * @param who leaves
     * @return false when it was not in the line: it has a permit, or had one
     */
    public boolean leave(W who) {
        return line.remove(who);
    }

    /** {@return who has the permit now that one was given back; null when nobody waits} */
    public @Nullable W release() {
        Iterator<W> waiting = line.iterator();
        if (!waiting.hasNext()) {
            taken--;
            return null;
        }
        W next = next(waiting.next());
        line.remove(next);
        return next;
    }

    /** Who goes next of those who wait, the first of whom is {@code oldest}. */
    W next(W oldest) {
        return oldest;
    }

    /** {@return permits that somebody has} */
    public int taken() {
        return taken;
    }

    /** {@return how many wait} */
    public int waiting() {
        return line.size();
    }
}
