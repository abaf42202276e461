package dev.flowir.object.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Ids of events sort by time and come once. */
class EventIdsTest {

    @Test
    void aMillionInOneMillisecondSortAndAreAllDifferent() {
        EventIds ids = new EventIds(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
        String before = "";
        for (int i = 0; i < 1_000_000; i++) {
            String next = ids.next();
            assertTrue(before.compareTo(next) < 0, next);
            before = next;
        }
        assertEquals(7, UUID.fromString(before).version());
        assertEquals(2, UUID.fromString(before).variant());
    }

    @Test
    void theyGoForwardsWhenTheClockGoesBack() {
        AtomicLong millis = new AtomicLong(1_000_000);
        EventIds ids = new EventIds(() -> Instant.ofEpochMilli(millis.get()));
        String first = ids.next();
        millis.set(500);
        String second = ids.next();
        millis.set(1_000_001);
        String third = ids.next();
        assertTrue(first.compareTo(second) < 0 && second.compareTo(third) < 0);
        assertEquals(1_000_001L, UUID.fromString(third).getMostSignificantBits() >>> 16);
    }

    @Test
    void twoSourcesDoNotMeet() {
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        EventIds one = new EventIds(clock);
        EventIds other = new EventIds(clock);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertTrue(seen.add(one.next()));
            assertTrue(seen.add(other.next()));
        }
    }
}
