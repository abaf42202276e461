package dev.flowir.examples.imagepipeline;

import static dev.flowir.examples.serving.Variables.number;

import dev.flowir.examples.serving.Servers;
import dev.flowir.redis.RedisSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployment chooses. Read from environment variables; what is not allowed is refused by
 * name.
 *
 * @param port HTTP port; 0 takes a free one ({@code PORT})
 * @param data folder of store and pictures ({@code DATA_DIR})
 * @param identity what makes two uploads the same work ({@code IDENTITY})
 * @param classifier where models are, without {@code /ai/run/…}; empty starts the one that comes
 *     with this example ({@code CLASSIFIER_URL})
 * @param model which one ({@code MODEL})
 * @param token what the classifier asks for as {@code Authorization: Bearer …} ({@code
 *     CLASSIFIER_TOKEN}); never in a row, a journal or a log
 * @param callsPerMinute to the classifier ({@code CALLS_PER_MINUTE})
 * @param batchSize messages of a batch ({@code BATCH_SIZE})
 * @param batchTimeout wait for a batch to fill ({@code BATCH_TIMEOUT_MS})
 * @param maxRetries deliveries after the first ({@code MAX_RETRIES})
 * @param retryDelay wait before the second delivery, doubled for each further one ({@code
 *     RETRY_DELAY_MS})
 * @param lease how long a process may hold messages; those of one that was killed are another's
 *     then ({@code LEASE_MS})
 * @param s3 where pictures are ({@code S3_URL}, {@code S3_BUCKET}, {@code S3_REGION}, {@code
 *     S3_KEY_ID}, {@code S3_SECRET}); absent means in the folder
 * @param redis where the queue and the pace of calls are ({@code REDIS_URL}, with {@code
 *     REDIS_USER} and {@code REDIS_PASSWORD}); absent means in the store
 */
record Settings(
        int port,
        Path data,
        Identity identity,
        Optional<URI> classifier,
        String model,
        Optional<String> token,
        int callsPerMinute,
        int batchSize,
        Duration batchTimeout,
        int maxRetries,
        Duration retryDelay,
        Duration lease,
        Optional<Servers.Bucket> s3,
        Optional<RedisSettings> redis) {

    /** Who takes a message from a queue that is shared has to find its picture. */
    Settings {
        if (redis.isPresent() && s3.isEmpty()) {
            throw new IllegalArgumentException(
                    "REDIS_URL needs S3_URL: whoever takes a message looks at its picture");
        }
    }

    /** How long tombstones and superseded events are remembered: as long as a queue may hold. */
    static final Duration REMEMBERED = Judge.REMEMBERED;

    /** The model that comes with this example. */
    static final String OWN_MODEL = "@local/nsfwjs-mobilenet-v2";

    /** The platform's classifier. */
    static final String PLATFORM_MODEL = "@cf/microsoft/resnet-50";

    /**
     * The settings in {@code variables}, with defaults for what is not there.
     *
     * @throws IllegalArgumentException when a value is not allowed
     */
    static Settings from(Map<String, String> variables) {
        Map<String, String> given = new HashMap<>(variables);
        given.values().removeIf(String::isBlank);
        Optional<URI> classifier =
                Optional.ofNullable(given.get("CLASSIFIER_URL")).map(URI::create);
        return new Settings(
                number(given, "PORT", 8080, 0, 65_535),
                Path.of(given.getOrDefault("DATA_DIR", ".flow/image-pipeline")),
                identity(given.getOrDefault("IDENTITY", "etag")),
                classifier,
                given.getOrDefault("MODEL", classifier.isPresent() ? PLATFORM_MODEL : OWN_MODEL),
                Optional.ofNullable(given.get("CLASSIFIER_TOKEN")),
                number(given, "CALLS_PER_MINUTE", 3000, 60, 1_000_000),
                number(given, "BATCH_SIZE", 10, 1, 100),
                Duration.ofMillis(number(given, "BATCH_TIMEOUT_MS", 5000, 0, 60_000)),
                number(given, "MAX_RETRIES", 3, 0, 100),
                Duration.ofMillis(number(given, "RETRY_DELAY_MS", 10_000, 0, 3_600_000)),
                Duration.ofMillis(number(given, "LEASE_MS", 60_000, 1000, 900_000)),
                Servers.bucket(given, ClassificationFlow.PICTURES),
                Servers.redis(given));
    }

    private static Identity identity(String word) {
        return switch (word) {
            case "etag" -> Identity.ETAG;
            case "version" -> Identity.VERSION;
            default ->
                    throw new IllegalArgumentException(
                            "IDENTITY is '" + word + "', options are: etag, version");
        };
    }
}
