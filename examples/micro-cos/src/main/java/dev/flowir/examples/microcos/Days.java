package dev.flowir.examples.microcos;

import dev.flowir.kernel.cap.IsoInstant;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;

/** Days such as 2026-12-24, in UTC. */
final class Days {

    private static final int LENGTH = "0000-00-00".length();

    private Days() {}

    /** When a day begins, in milliseconds since 1970; empty when the text is no day. */
    static OptionalLong millis(String text) {
        try {
            return OptionalLong.of(IsoInstant.parse(text + "T00:00:00Z").toEpochMilli());
        } catch (DateTimeException none) {
            return OptionalLong.empty();
        }
    }

    /** The day of a moment since 1970. */
    static String text(long millis) {
        return IsoInstant.text(Instant.ofEpochMilli(millis)).substring(0, LENGTH);
    }
}
