package dev.flowir.examples.serving;

import dev.flowir.redis.RedisLogin;
import dev.flowir.redis.RedisSettings;
import dev.flowir.s3.S3Login;
import dev.flowir.s3.S3Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** Servers that several processes share, as an environment names them. */
@SuppressWarnings("exports") // who calls these has the modules, and others do without
public final class Servers {

    private Servers() {}

    /**
     * A bucket of a server.
     *
     * @param server where it is
     * @param name its name
     */
    public record Bucket(S3Settings server, String name) {}

    /**
     * {@code REDIS_URL}, with {@code REDIS_USER} and {@code REDIS_PASSWORD}.
     *
     * @param given the variables
     * @return the server; empty where none is named
     * @throws IllegalArgumentException when it is no address, which is not repeated
     */
    public static Optional<RedisSettings> redis(Map<String, String> given) {
        return address("REDIS_URL", given)
                .map(url -> {
                    RedisSettings settings = RedisSettings.at(url);
                    String password = given.getOrDefault("REDIS_PASSWORD", "");
                    String user = given.getOrDefault("REDIS_USER", "default");
                    return password.isEmpty()
                            ? settings
                            : settings.as(new RedisLogin(user, () -> password));
                });
    }

    /**
     * {@code S3_URL}, with {@code S3_BUCKET}, {@code S3_REGION}, {@code S3_KEY_ID} and {@code
     * S3_SECRET}; without a secret the surroundings log in.
     *
     * @param given the variables
     * @param usual name of the bucket when none is given
     * @return the bucket; empty where no server is named
     * @throws IllegalArgumentException when it is no address, which is not repeated
     */
    public static Optional<Bucket> bucket(Map<String, String> given, String usual) {
        return address("S3_URL", given)
                .map(url -> {
                    String secret = given.getOrDefault("S3_SECRET", "");
                    S3Login login =
                            secret.isEmpty()
                                    ? S3Login.surroundings()
                                    : S3Login.keys(
                                            given.getOrDefault("S3_KEY_ID", ""), () -> secret);
                    return new Bucket(
                            S3Settings.at(url, login)
                                    .in(given.getOrDefault("S3_REGION", "us-east-1")),
                            given.getOrDefault("S3_BUCKET", usual));
                });
    }

    /** What is no address is not shown: it may have a password in it. */
    private static Optional<URI> address(String key, Map<String, String> given) {
        String url = given.getOrDefault(key, "").strip();
        try {
            return url.isEmpty() ? Optional.empty() : Optional.of(new URI(url));
        } catch (URISyntaxException none) {
            throw new IllegalArgumentException(key + " is no address: " + none.getReason(), none);
        }
    }
}
