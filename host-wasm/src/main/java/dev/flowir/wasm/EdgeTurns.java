package dev.flowir.wasm;

import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** The line of those who want an object for themselves: one has it, in the order they came. */
final class EdgeTurns {

    /** Who has any object's turn: it must not wait for an object. */
    private static final IdentityHashMap<Thread, EdgeTurns> HOLDING = new IdentityHashMap<>();

    private final Platform platform;
    private final ArrayDeque<Platform.Parking> line = new ArrayDeque<>();
    private @Nullable Thread holder;
    private boolean taken;

    EdgeTurns(Platform platform) {
        this.platform = platform;
    }

    /** Refuses to wait for an object while another one is kept from its next call. */
    static void ensureFree() {
        if (HOLDING.containsKey(Thread.currentThread())) {
            throw new ObjectException(
                    ObjectFault.HOLDS_ANOTHER,
                    "a call that has its turn cannot wait for an object; wait outside(…)");
        }
    }

    /** Waits for the turn. */
    void take() {
        if (taken) {
            Platform.Parking place = platform.parking();
            line.add(place);
            place.park(); // who gives the turn away leaves it taken for this one
        }
        taken = true;
        holder = Thread.currentThread();
        HOLDING.put(Thread.currentThread(), this);
    }

    /** Gives the turn to the next in line. */
    void give() {
        HOLDING.remove(Thread.currentThread());
        holder = null;
        Platform.Parking next = line.poll();
        if (next == null) {
            taken = false;
        } else {
            next.unpark();
        }
    }

    /** Lets the coroutine wait for anything while it keeps the turn. */
    void wander() {
        HOLDING.remove(Thread.currentThread());
        holder = null;
    }

    /** Ends {@link #wander}. */
    void back() {
        holder = Thread.currentThread();
        HOLDING.put(Thread.currentThread(), this);
    }

    /** Whether the coroutine that asks has the turn. */
    boolean isMine() {
        return Thread.currentThread().equals(holder);
    }
}
