package dev.flowir.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one script that go to the server together: who comes while others are on their way joins
 * the next ones, as in the group commit of a database. Nobody waits for others to come, and what
 * becomes of one call is its own. The server does what came together as one step, and writes it to
 * its disk at once. Thread-safe.
 */
final class Together {

    /** A lot is full with these: it leaves though others are on their way. One call may be more. */
    private static final int MOST_ARGUMENTS = 1000;

    private static final long MOST_BYTES = 1 << 20;

    /** Full ones at once, so that a long way to the server does not bound what goes through. */
    private static final int MOST_LOTS = 8;

    private final Link link;
    private final Script script;
    private final byte[][] keys;
    private final Supplier<byte[][]> common;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Call> waiting = new ArrayDeque<>(); // guarded by lock, as all below
    private int waitingArguments;
    private long waitingBytes;
    private int lots;

    /**
     * Calls of a script.
     *
     * @param script gives a list with what came of each call
     * @param keys of all calls
     * @param common arguments that stand before those of calls
     */
    Together(Link link, Script script, byte[][] keys, Supplier<byte[][]> common) {
        this.link = link;
        this.script = script;
        this.keys = keys;
        this.common = common;
    }

    /** Somebody's call, completed with what came of it. */
    private static final class Call extends CompletableFuture<Object> {
        private final List<byte[]> arguments;
        private final long bytes;

        Call(List<byte[]> arguments, long bytes) {
            this.arguments = arguments;
            this.bytes = bytes;
        }
    }

    /** Waits for what comes of a call: a number, a list, or bytes. */
    Object call(List<byte[]> arguments) {
        long bytes = Link.sizeOf(arguments);
        return link.call(bytes, redis -> join(new Call(arguments, bytes)));
    }

    @SuppressWarnings("ThreadPriorityCheck") // what is right does not depend on it
    private Call join(Call call) {
        lock.lock();
        try {
            waiting.add(call);
            waitingArguments += call.arguments.size();
            waitingBytes += call.bytes;
        } finally {
            lock.unlock();
        }
        Thread.yield(); // who is about to call comes along
        send();
        return call;
    }

    private void send() {
        for (List<Call> lot = next(); !lot.isEmpty(); lot = next()) {
            send(lot);
        }
    }

    /** Those that leave now; none while others are on their way, unless they fill a lot. */
    private List<Call> next() {
        List<Call> lot = new ArrayList<>();
        lock.lock();
        try {
            boolean full = waitingArguments >= MOST_ARGUMENTS || waitingBytes >= MOST_BYTES;
            if (lots > 0 && (!full || lots == MOST_LOTS)) {
                return lot;
            }
            int arguments = 0;
            long bytes = 0;
            while (!waiting.isEmpty() && arguments < MOST_ARGUMENTS && bytes < MOST_BYTES) {
                Call call = waiting.remove();
                arguments += call.arguments.size();
                bytes += call.bytes;
                lot.add(call);
            }
            waitingArguments -= arguments;
            waitingBytes -= bytes;
            lots += lot.isEmpty() ? 0 : 1;
            return lot;
        } finally {
            lock.unlock();
        }
    }

    private void send(List<Call> lot) {
        List<byte[]> arguments = new ArrayList<>(List.of(common.get()));
        lot.forEach(call -> arguments.addAll(call.arguments));
        var unused =
                started(arguments.toArray(new byte[0][]))
                        .whenComplete((answers, failure) -> {
                            over(lot, (List<?>) answers, failure);
                            // Behind those who were just answered, who may call again at once.
                            Thread.startVirtualThread(this::landed);
                        });
    }

    /** What cannot even be sent ends as what was sent in vain: a lot always lands. */
    private CompletableFuture<Object> started(byte[][] arguments) {
        try {
            return link.start(script, keys, arguments);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void landed() {
        lock.lock();
        try {
            lots--;
        } finally {
            lock.unlock();
        }
        send();
    }

    private static void over(
            List<Call> lot, @Nullable List<?> answers, @Nullable Throwable failure) {
        for (int i = 0; i < lot.size(); i++) {
            if (answers != null) {
                lot.get(i).complete(answers.get(i));
            } else if (failure != null) {
                lot.get(i).completeExceptionally(Link.unwrapped(failure));
            }
        }
    }
}
