package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Names of runs that do steps of others, and texts that go between them. */
class EdgeChildIdTest {

    @Test
    void longNamesAreThoseOfAJvmWhateverTheirLength() {
        for (int length = 0; length <= 200; length++) {
            byte[] name = ("\u2603".repeat(length / 3) + "x".repeat(length % 3)).getBytes(UTF_8);
            assertEquals(UUID.nameUUIDFromBytes(name).toString(), EdgeChildId.uuid(name));
            byte[] plain = "y".repeat(length).getBytes(UTF_8);
            assertEquals(UUID.nameUUIDFromBytes(plain).toString(), EdgeChildId.uuid(plain));
        }
    }

    @Test
    void partsAreReadAsTheyWereWritten() {
        List<String> parts = List.of("", "3:", "a\nb", "\u2603", "12:34");
        assertEquals(parts, EdgeParts.split(EdgeParts.join(parts.toArray(String[]::new))));
        assertEquals(List.of(), EdgeParts.split(""));
    }
}
