package dev.flowir.examples.tiletar;

import static dev.flowir.examples.serving.Variables.number;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a deployment chooses. Read from environment variables; what is not allowed is refused by
 * name.
 *
 * @param port HTTP port; 0 takes a free one ({@code PORT})
 * @param data folder of store, tiles and what the container received ({@code DATA_DIR})
 * @param bounds of each archive
 */
record Settings(int port, Path data, Bounds bounds) {

    /**
     * Bounds of an archive.
     *
     * @param profile what it may use ({@code PROFILE})
     * @param stall silence that is told ({@code STALL_MS})
     * @param fetch time for one tile, of each attempt ({@code FETCH_MS})
     */
    record Bounds(Profile profile, Duration stall, Duration fetch) {

        /** What holds unless the environment says other. */
        static final Bounds USUAL =
                new Bounds(Profile.PAID, Duration.ofSeconds(5), Duration.ofSeconds(10));

        Bounds with(Profile other) {
            return new Bounds(other, stall, fetch);
        }
    }

    /**
     * The settings in {@code variables}, with defaults for what is not there.
     *
     * @throws IllegalArgumentException when a value is not allowed
     */
    static Settings from(Map<String, String> variables) {
        Map<String, String> given = new HashMap<>(variables);
        given.values().removeIf(String::isBlank);
        return new Settings(
                number(given, "PORT", 8080, 0, 65_535),
                Path.of(given.getOrDefault("DATA_DIR", ".flow/tile-tar")),
                new Bounds(
                        profile(given.getOrDefault("PROFILE", "paid")),
                        Duration.ofMillis(number(given, "STALL_MS", 5000, 10, 600_000)),
                        Duration.ofMillis(number(given, "FETCH_MS", 10_000, 1, 600_000))));
    }

    private static Profile profile(String word) {
        return switch (word) {
            case "free" -> Profile.FREE;
            case "paid" -> Profile.PAID;
            case "paid-most" -> Profile.PAID_MOST;
            default ->
                    throw new IllegalArgumentException(
                            "PROFILE is '" + word + "', options are: free, paid, paid-most");
        };
    }
}
