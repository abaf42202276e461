package dev.flowir.redis;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The server's clock, asked once a second at most and reckoned on from there by this machine's, so
 * that it does not matter what that one shows. Ahead by no more than an answer takes, never behind:
 * a lease is over here no later than there.
 */
final class ServerClock {

    private static final long ASKED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Link link;
    private final Optional<InstantSource> told;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Optional<Seen> seen = Optional.empty();

    /** What the server said, and when it was asked. */
    private record Seen(long serverMillis, long atNanos, long askedNanos) {}

    /**
     * A clock.
     *
     * @param told the time instead, for tests
     */
    ServerClock(Link link, Optional<InstantSource> told) {
        this.link = link;
        this.told = told;
    }

    long millis() {
        if (told.isPresent()) {
            return told.get().millis();
        }
        long now = System.nanoTime();
        Optional<Seen> last = seen;
        if (last.isEmpty()) {
            asking.lock();
            try {
                last = Optional.of(seen.orElseGet(this::ask));
            } finally {
                asking.unlock();
            }
        } else if (now - last.get().askedNanos() > ASKED_EVERY_NANOS && asking.tryLock()) {
            try {
                last = Optional.of(askAgain(last.get()));
            } finally {
                asking.unlock();
            }
        }
        Seen from = last.get();
        return from.serverMillis()
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from.atNanos());
    }

    private Seen ask() {
        long sent = System.nanoTime();
        List<byte[]> time = link.call(0, redis -> redis.time());
        Seen now = new Seen(number(time.get(0)) * 1000 + number(time.get(1)) / 1000, sent, sent);
        seen = Optional.of(now);
        return now;
    }

    /** While the server does not answer, time goes on as it was. */
    private Seen askAgain(Seen before) {
        try {
            return ask();
        } catch (RedisException e) {
            Seen still = new Seen(before.serverMillis(), before.atNanos(), System.nanoTime());
            seen = Optional.of(still);
            return still;
        }
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    }
}
