package dev.flowir.kv;

import dev.flowir.kernel.cap.Utf8Key;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/** When keys were written last: refuses a write that comes too soon. Remembers one second. */
final class Pace {

    private static final long SECOND_MILLIS = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Utf8Key, Long> lastMillis = new LinkedHashMap<>(); // oldest first

    void admit(Utf8Key key, long nowMillis, OptionalInt perSecond) {
        if (perSecond.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            forgetUntil(nowMillis - SECOND_MILLIS);
            Long last = lastMillis.get(key);
            if (last != null && nowMillis < last + SECOND_MILLIS / perSecond.getAsInt()) {
                throw new KvException(
                        KvFault.RATE_LIMITED,
                        "Too Many Requests: a key takes "
                                + perSecond.getAsInt()
                                + " writes in a second; write it less often, or under several keys");
            }
            lastMillis.remove(key); // to be put at the end
            lastMillis.put(key, nowMillis);
        } finally {
            lock.unlock();
        }
    }

    private void forgetUntil(long millis) {
        Iterator<Map.Entry<Utf8Key, Long>> oldest = lastMillis.entrySet().iterator();
        while (oldest.hasNext() && oldest.next().getValue() <= millis) {
            oldest.remove();
        }
    }
}
