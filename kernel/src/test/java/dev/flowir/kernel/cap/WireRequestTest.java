package dev.flowir.kernel.cap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Where a client says that it goes on. */
class WireRequestTest {

    private static OptionalLong since(WireRequest.Kind kind, String query, String header) {
        return new WireRequest(
                        kind,
                        Map.of(),
                        query.isEmpty() ? Map.of() : Map.of("since", List.of(query)),
                        header.isEmpty() ? Map.of() : Map.of("last-event-id", List.of(header)),
                        Optional.empty())
                .since();
    }

    @Test
    void aClientGoesOnAfterTheVersionInTheHeaderOrTheParameter() {
        assertEquals(OptionalLong.of(7), since(WireRequest.Kind.SOCKET, "7", ""));
        assertEquals(OptionalLong.of(0), since(WireRequest.Kind.EVENTS, "", "0"));
        assertEquals(OptionalLong.of(9), since(WireRequest.Kind.EVENTS, "7", "9"));
        assertEquals(OptionalLong.empty(), since(WireRequest.Kind.SOCKET, "", ""));
    }

    @Test
    void whatIsNoVersionIsNone() {
        String most = "9".repeat(18);
        assertEquals(
                OptionalLong.of(999_999_999_999_999_999L),
                since(WireRequest.Kind.SOCKET, most, ""));
        for (String text : List.of(most + "0", "-1", "1.5", "x", "\u0661", " 1")) {
            assertEquals(OptionalLong.empty(), since(WireRequest.Kind.SOCKET, text, ""), text);
        }
    }

    @Test
    void aSnapshotGoesOnAfterNothing() {
        assertEquals(OptionalLong.empty(), since(WireRequest.Kind.SNAPSHOT, "7", "7"));
    }
}
