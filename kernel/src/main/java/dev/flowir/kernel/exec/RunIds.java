package dev.flowir.kernel.exec;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Ids of runs: 64 random bits per runtime and a counter, as one UUID-sized text. Unique across
 * processes without asking for randomness on every run.
 */
public final class RunIds implements Supplier<String> {

    private final String prefix;
    private final AtomicLong counter = new AtomicLong();

    /** A new sequence. */
    public RunIds() {
        String hex = hex(new SecureRandom().nextLong());
        prefix = hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12) + "-";
    }

    /** The id of one more run. */
    @Override
    public String get() {
        String hex = hex(counter.incrementAndGet());
        return prefix + hex.substring(0, 4) + "-" + hex.substring(4);
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
