package dev.flowir.object;

import dev.flowir.kernel.cap.Wire;
import dev.flowir.kernel.cap.WireEnd;
import dev.flowir.kernel.cap.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The open sockets of a space, by object: they stay when the object leaves memory. */
final class Sockets {

    private final StoredSpace space;
    private final Map<ObjectId, List<Socket<?>>> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final String prefix = Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-";

    private final AtomicInteger unhandled = new AtomicInteger();
    private final Object rest = new Object();

    Sockets(StoredSpace space) {
        this.space = space;
    }

    <C> ObjectClass.Talk<C> ensureTalks(ObjectClass<C> type) {
        return type.talk()
                .orElseThrow(() ->
                        new ObjectException(
                                ObjectFault.NO_SOCKETS,
                                "the class '"
                                        + type.name()
                                        + "' has no handler of sockets; add one with"
                                        + " ObjectClass.sockets(…)"));
    }

    <C> WireEnd open(ObjectRef<C> ref, ObjectClass<C> type, WireRequest request, Wire wire) {
        String id = prefix + numbers.incrementAndGet();
        Socket<C> socket = new Socket<>(space, type, ref, id, wire, ensureTalks(type));
        socket.open(request);
        return socket;
    }

    /** Refuses one more when an object has as many as it may. */
    void ensureRoom(ObjectId object, int most) {
        if (of(object).size() >= most) {
            throw new ObjectException(
                    ObjectFault.TOO_MANY_SOCKETS,
                    "the object has " + most + " open sockets, as many as it may");
        }
    }

    void add(ObjectId object, Socket<?> socket) {
        open.compute(
                object,
                (id, sockets) -> {
                    List<Socket<?>> all = sockets == null ? new ArrayList<>(2) : sockets;
                    synchronized (all) {
                        socket.standsAt(all.size());
                        all.add(socket);
                    }
                    return all;
                });
    }

    void remove(ObjectId object, Socket<?> socket) {
        open.computeIfPresent(
                object,
                (id, all) -> {
                    synchronized (all) {
                        int place = socket.place();
                        if (place >= 0) {
                            Socket<?> last = all.removeLast();
                            if (!last.equals(socket)) {
                                all.set(place, last);
                                last.standsAt(place);
                            }
                            socket.standsAt(-1);
                        }
                        return all.isEmpty() ? null : all;
                    }
                });
    }

    List<ObjectSocket> of(ObjectId object) {
        List<Socket<?>> all = open.get(object);
        if (all == null) {
            return List.of();
        }
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    int count() {
        int count = 0;
        for (List<Socket<?>> all : open.values()) {
            synchronized (all) {
                count += all.size();
            }
        }
        return count;
    }

    /** A message has come. */
    void begun() {
        unhandled.incrementAndGet();
    }

    /** It is handled, and its client told if it was not. */
    void ended() {
        if (unhandled.decrementAndGet() == 0) {
            synchronized (rest) {
                rest.notifyAll();
            }
        }
    }

    boolean isIdle() {
        return unhandled.get() == 0;
    }

    /** Waits until every message is handled; false when the time was over first. */
    boolean awaitIdle(long untilNanos) throws InterruptedException {
        synchronized (rest) {
            while (!isIdle()) {
                long left = untilNanos - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                rest.wait(left / 1_000_000 + 1);
            }
        }
        return true;
    }

    void close() {
        for (ObjectId object : List.copyOf(open.keySet())) {
            for (ObjectSocket socket : of(object)) {
                ((Socket<?>) socket).goAway();
            }
        }
    }
}
