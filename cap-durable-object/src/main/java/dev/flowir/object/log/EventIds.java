package dev.flowir.object.log;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Makes ids of events: UUIDs of version 7 (RFC 9562, 5.7), so that their texts sort by time. Ids of
 * one instance sort in the order they were made, also when its clock stands or goes back.
 * Thread-safe.
 */
public final class EventIds {

    private static final int LOW_BITS = 62;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final long HIGH_MASK = 0xFFF;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 1L << 63;

    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();
    private long lastMillis = Long.MIN_VALUE;
    private long high;
    private long low;

    /**
     * A source of ids.
     *
     * @param clock the time in them
     */
    public EventIds(InstantSource clock) {
        this((LongSupplier) clock::millis);
    }

    private EventIds(LongSupplier millis) {
        this.clock = millis;
    }

    /** {@return a source of ids on the system's clock, also where no {@code InstantSource} is} */
    public static EventIds ofSystem() {
        return new EventIds(System::currentTimeMillis);
    }

    /** {@return the next id, 36 characters} */
    public String next() {
        return next(clock.getAsLong());
    }

    private synchronized String next(long nowMillis) {
        if (nowMillis > lastMillis) {
            lastMillis = nowMillis;
            high = random.nextInt(1 << 12);
            low = random.nextLong() & LOW_MASK;
        } else {
            // Within a millisecond: the same, and a random step further, so that none can be
            // guessed.
            low += 1 + Integer.toUnsignedLong(random.nextInt());
            if (low > LOW_MASK) {
                low &= LOW_MASK;
                high++;
            }
            if (high > HIGH_MASK) {
                high = 0;
                lastMillis++;
            }
        }
        String first = hex(lastMillis << 16 | VERSION_7 | high);
        String second = hex(VARIANT | low);
        return first.substring(0, 8)
                + '-'
                + first.substring(8, 12)
                + '-'
                + first.substring(12)
                + '-'
                + second.substring(0, 4)
                + '-'
                + second.substring(4);
    }

    /** All sixteen digits; isolates have neither {@code HexFormat} nor all of {@code UUID}. */
    static String hex(long bits) {
        String digits = Long.toHexString(bits);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
