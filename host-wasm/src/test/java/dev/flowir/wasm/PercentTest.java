package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PercentTest {

    private static final int RUNS = 20_000;

    /** Bytes near which UTF-8 begins to be, or stops being, what it is. */
    private static final int[] EDGES = {
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
        0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
    };

    @Test
    void bytesAreReadAsTheJvmReadsThem() {
        Random random = new Random(7);
        for (int run = 0; run < RUNS; run++) {
            byte[] bytes = new byte[1 + random.nextInt(6)];
            StringBuilder escaped = new StringBuilder();
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) EDGES[random.nextInt(EDGES.length)];
                escaped.append("%%%02x".formatted(bytes[i] & 0xff));
            }
            assertEquals(
                    Optional.of(new String(bytes, UTF_8)),
                    Percent.decode(escaped.toString(), false),
                    escaped.toString());
        }
    }

    @Test
    void whatIsNoEscapeStaysOrIsRefused() {
        assertEquals(Optional.of("a b+c"), Percent.decode("a%20b+c", false));
        assertEquals(Optional.of("a b c"), Percent.decode("a%20b+c", true));
        assertEquals(
                Optional.of("\u20ac/\ud83d\ude00"),
                Percent.decode("%e2%82%ac/%F0%9F%98%80", false));
        assertEquals(Optional.empty(), Percent.decode("a%2", false));
        assertEquals(Optional.empty(), Percent.decode("a%g0", false));
    }
}
