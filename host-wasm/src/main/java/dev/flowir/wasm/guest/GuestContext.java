package dev.flowir.wasm.guest;

import com.sun.management.ThreadMXBean;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/**
 * A context with the thread that alone works in it. It is a platform thread: of others a JVM tells
 * neither processor time nor bytes.
 */
final class GuestContext {

    /** Asks the thread to end. */
    private static final Turn END = new Turn("", "", java.util.List.of());

    private final GuestCode code;
    private final Context context;
    private final GuestThread thread;
    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable GuestException> broken = new AtomicReference<>();
    private volatile GuestCode.@Nullable Loaded loaded;
    private volatile @Nullable Turn current;
    private int callsLeft;
    private long allocatedAtFirst = -1;

    GuestContext(GuestCode code, Context context, String threadName, int calls) {
        this.code = code;
        this.context = context;
        this.callsLeft = calls;
        this.thread = new GuestThread(this, threadName, this::work);
    }

    void start() {
        thread.start();
    }

    private void work() {
        while (true) {
            Turn turn;
            try {
                turn = turns.take();
            } catch (InterruptedException stopped) {
                return;
            }
            if (turn == END) {
                return;
            }
            thread.begin();
            try {
                GuestCode.Loaded ready = loaded;
                if (ready == null) {
                    loaded = code.load(context);
                    turn.loaded();
                } else {
                    turn.take(ready);
                }
            } catch (Throwable any) { // whatever a guest does ends its call and nothing else
                turn.fail(any);
            }
        }
    }

    /** Ends the guest's code here when its call was stopped. */
    void look() {
        if (broken.get() != null) {
            context.safepoint();
        }
    }

    // ---- the attempt's thread

    /** Gives it something to do; the first turn loads the code, and is no call. */
    void begin(Turn turn) {
        if (isLoaded()) {
            callsLeft--;
        }
        current = turn;
        turns.add(turn);
    }

    boolean isLoaded() {
        return loaded != null;
    }

    /** What nodes can call; nothing before the code is loaded. */
    Set<String> functions() {
        GuestCode.Loaded code = loaded;
        return code == null ? Set.of() : Set.copyOf(code.functions());
    }

    /** True while it may be used again. */
    boolean isUsable() {
        return broken.get() == null && callsLeft > 0;
    }

    /** Why the watch stopped it. */
    Optional<GuestException> brokenBy() {
        return Optional.ofNullable(broken.get());
    }

    /**
     * Ends whatever runs in it, at the next point where the interpreter or the thread looks;
     * whoever waits for it hears at once. Any thread.
     */
    void stop(GuestException why) {
        if (broken.compareAndSet(null, why)) {
            thread.interrupt();
            Turn stopped = current;
            if (stopped != null) {
                stopped.fail(why);
            }
            // Closing waits until the guest has let go; nobody else has to.
            Thread.ofVirtual().name(thread.getName() + "-stop").start(() -> context.close(true));
        }
    }

    /** Ends it when nothing runs in it, or what runs is being stopped. */
    void end() {
        turns.add(END);
        if (broken.get() == null) {
            context.close(true);
        }
    }

    // ---- the watch

    long cpuNanos(ThreadMXBean threads) {
        return threads.getThreadCpuTime(thread.threadId());
    }

    long allocatedBytes(ThreadMXBean threads) {
        return threads.getThreadAllocatedBytes(thread.threadId());
    }

    /** Bytes made in it since it was first asked; what a guest can have kept is less. */
    long allocatedSinceFirst(ThreadMXBean threads) {
        long now = allocatedBytes(threads);
        if (allocatedAtFirst < 0) {
            allocatedAtFirst = now;
        }
        return now - allocatedAtFirst;
    }
}
