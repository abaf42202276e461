package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.http.CircuitBreaking;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.TestTimeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that fails is left alone, by everybody, for a time: virtual time for circuits. */
class BreakerTest {

    private static final Duration OPEN = Duration.ofSeconds(10);

    /** A session begins with two calls that are well; three that are not open the circuit. */
    private static final CircuitBreaking BREAKING = new CircuitBreaking(5, 5, 60, OPEN, 1);

    @TempDir Path data;

    @Test
    void r4_25_aToolThatFailsIsLeftAloneByAllAndTriedByOne() throws Exception {
        TestClock clock = new TestClock();
        Settings.Care care = new Settings.Care(Settings.Care.USUAL.patience(), BREAKING);
        try (Cos cos =
                Cos.in(
                        data,
                        settings ->
                                settings.with(care)
                                        .on(new TestTimeline(clock), Optional.empty()))) {
            fail(cos, 3);
            assertEquals("flights: unavailable", trip(cos, "ada"));
            assertEquals(3, cos.tools.calls(Search.FLIGHTS_SEARCH));

            assertEquals("flights: circuit_open", trip(cos, "bob"));
            assertEquals(3, cos.tools.calls(Search.FLIGHTS_SEARCH), "open for everybody");
            assertEquals(2, cos.tools.calls(Search.HOTEL_SEARCH), "not for the other tool");

            clock.advance(OPEN.minusMillis(1));
            assertEquals("flights: circuit_open", trip(cos, "cem"));
            clock.advance(Duration.ofMillis(1));
            fail(cos, 1);
            assertEquals("flights: circuit_open", trip(cos, "dan"));
            assertEquals(4, cos.tools.calls(Search.FLIGHTS_SEARCH), "one call, and open again");

            clock.advance(OPEN);
            assertEquals("", trip(cos, "eva"));
            assertEquals("", trip(cos, "fay"));
            assertEquals(6, cos.tools.calls(Search.FLIGHTS_SEARCH), "closed");
        }
    }

    private static void fail(Cos cos, int times) {
        for (int i = 0; i < times; i++) {
            cos.tools.order(Search.FLIGHTS_SEARCH, new LocalTools.Fault.Status(500));
        }
    }

    /** What the card of a trip says about its flights. */
    private static String trip(Cos cos, String user) throws Exception {
        cos.post(
                "/chats/" + user + "/calendar",
                "{\"title\":\"Trip to Paris\",\"date\":\"2026-12-24\"}");
        Chat chat = cos.settled(user, there -> !there.cards().isEmpty());
        return chat.cards().getFirst().note().replaceAll("^2026-12-24(, )?", "");
    }
}
