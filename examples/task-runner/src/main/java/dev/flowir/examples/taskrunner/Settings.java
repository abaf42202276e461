package dev.flowir.examples.taskrunner;

import dev.flowir.redis.RedisLogin;
import dev.flowir.redis.RedisSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployment chooses. Read from environment variables; a word outside a closed list is
 * refused with the list.
 *
 * @param store where task states live ({@code STATE_STORE})
 * @param engine what processes tasks ({@code ENGINE})
 * @param environment part of every resource name ({@code ENV})
 * @param port HTTP port; 0 takes a free one ({@code PORT})
 * @param data folder of the store ({@code DATA_DIR})
 * @param batchSize messages per batch ({@code BATCH_SIZE}, 1–100)
 * @param batchTimeout wait for a batch to fill ({@code BATCH_TIMEOUT_MS}, 0–60,000)
 * @param maxRetries deliveries after the first ({@code MAX_RETRIES}, 0–100), queue only
 * @param retryDelay wait before a message comes again ({@code RETRY_DELAY_MS}), queue only
 * @param lease how long a process may hold messages; those of one that was killed are another's
 *     then ({@code LEASE_MS}), queue only
 * @param postsPerTenSeconds tasks that one client may post in 10 seconds ({@code RATE_LIMIT})
 * @param token what a client must send as {@code Authorization: Bearer …} to post ({@code
 *     API_TOKEN}); absent means that anybody may
 * @param redis where keys, their queue and limits are ({@code REDIS_URL}, with {@code REDIS_USER}
 *     and {@code REDIS_PASSWORD}); absent means in this process's store
 */
record Settings(
        StateStore store,
        Engine engine,
        Environment environment,
        int port,
        Path data,
        int batchSize,
        Duration batchTimeout,
        int maxRetries,
        Duration retryDelay,
        Duration lease,
        int postsPerTenSeconds,
        Optional<String> token,
        Optional<RedisSettings> redis) {

    /** How long a task is kept: a day, as in the intent. */
    public static final Duration TIME_TO_LIVE = Duration.ofDays(1);

    /** Where task states live. */
    public enum StateStore {
        /** A SQL table: read-after-write. */
        D1,
        /** Keys that expire by themselves. */
        KV,
        /** A durable object for each task, which removes itself. */
        DURABLE_OBJECT
    }

    /** What processes tasks. */
    public enum Engine {
        /** A queue and its consumer. */
        QUEUE,
        /** A durable run for each task. */
        WORKFLOW
    }

    /** The environment, part of every resource name. */
    public enum Environment {
        /** Development. */
        DEV,
        /** Staging. */
        STG,
        /** Acceptance. */
        UAT,
        /** Production. */
        PROD
    }

    /** The defaults, as in the intent: SQL, queue, dev. */
    public static Settings defaults(Path data) {
        return from(Map.of("DATA_DIR", data.toString()));
    }

    /**
     * The settings in {@code variables}, with defaults for what is not there.
     *
     * @throws IllegalArgumentException when a value is not allowed; the message lists every mistake
     *     and what is allowed instead
     */
    public static Settings from(Map<String, String> variables) {
        List<String> mistakes = new ArrayList<>();
        Reader reader = new Reader(variables, mistakes);
        Settings settings =
                new Settings(
                        reader.word("STATE_STORE", StateStore.values(), StateStore.D1),
                        reader.word("ENGINE", Engine.values(), Engine.QUEUE),
                        reader.word("ENV", Environment.values(), Environment.DEV),
                        reader.number("PORT", 8080, 0, 65_535),
                        Path.of(variables.getOrDefault("DATA_DIR", ".flow/task-runner")),
                        reader.number("BATCH_SIZE", 10, 1, 100),
                        Duration.ofMillis(reader.number("BATCH_TIMEOUT_MS", 250, 0, 60_000)),
                        reader.number("MAX_RETRIES", 5, 0, 100),
                        Duration.ofMillis(reader.number("RETRY_DELAY_MS", 1000, 0, 86_400_000)),
                        Duration.ofMillis(reader.number("LEASE_MS", 30_000, 1000, 900_000)),
                        reader.number("RATE_LIMIT", 100, 1, 1_000_000),
                        Optional.ofNullable(variables.get("API_TOKEN")),
                        reader.redis());
        if (settings.engine() == Engine.WORKFLOW) {
            for (String key : List.of("MAX_RETRIES", "RETRY_DELAY_MS", "LEASE_MS")) {
                if (variables.containsKey(key)) {
                    mistakes.add(key + " is of ENGINE=queue; repeats of a run belong to its flow");
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        return settings;
    }

    /** Name of the queue, for example {@code task-runner-queue-dev}. */
    public String queue() {
        return "task-runner-queue-" + environmentName();
    }

    /** Name of the dead-letter queue. */
    public String deadLetterQueue() {
        return "task-runner-dlq-" + environmentName();
    }

    /** Name of the database. */
    public String database() {
        return "task-runner-db-" + environmentName();
    }

    /** Name of the key-value namespace. */
    public String namespace() {
        return "task-runner-kv-" + environmentName();
    }

    /** Name of the space of objects. */
    public String objects() {
        return "task-runner-objects-" + environmentName();
    }

    /** Name of the whole. */
    public String service() {
        return "task-runner-" + environmentName();
    }

    private String environmentName() {
        return environment.name().toLowerCase(Locale.ROOT);
    }

    private record Reader(Map<String, String> variables, List<String> mistakes) {

        <E extends Enum<E>> E word(String key, E[] options, E fallback) {
            String text = variables.get(key);
            if (text == null || text.isBlank()) {
                return fallback;
            }
            List<String> words = new ArrayList<>();
            for (E option : options) {
                String word = option.name().toLowerCase(Locale.ROOT).replace('_', '-');
                if (word.equals(text.strip())) {
                    return option;
                }
                words.add(word);
            }
            mistakes.add(key + " is '" + text + "', options are: " + String.join(", ", words));
            return fallback;
        }

        Optional<RedisSettings> redis() {
            String url = variables.getOrDefault("REDIS_URL", "");
            if (url.isBlank()) {
                return Optional.empty();
            }
            try {
                RedisSettings settings = RedisSettings.at(URI.create(url.strip()));
                String password = variables.getOrDefault("REDIS_PASSWORD", "");
                String user = variables.getOrDefault("REDIS_USER", "default");
                return Optional.of(
                        password.isEmpty()
                                ? settings
                                : settings.as(new RedisLogin(user, () -> password)));
            } catch (IllegalArgumentException none) {
                // without what was given: it may have a password in it
                mistakes.add(
                        "REDIS_URL is no address like redis://host:6379/0; a login is set by"
                                + " REDIS_USER and REDIS_PASSWORD");
                return Optional.empty();
            }
        }

        int number(String key, int fallback, int least, int most) {
            String text = variables.get(key);
            if (text == null || text.isBlank()) {
                return fallback;
            }
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                mistakes.add(key + " is '" + text + "', which is no whole number");
                return fallback;
            }
            mistakes.add(key + " is " + text + ", allowed are " + least + " to " + most);
            return fallback;
        }
    }
}
