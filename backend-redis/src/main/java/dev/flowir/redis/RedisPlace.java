package dev.flowir.redis;

import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A server as a deployment's bindings name it: instances that say the same share a connection. */
final class RedisPlace {

    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String DATABASE = "database";
    private static final String KEY_PREFIX = "key_prefix";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String TLS = "tls";
    private static final String TRUSTED = "trusted_certificates";
    private static final String CERTIFICATE = "certificate";
    private static final String KEY_FILE = "key_file";
    private static final String CONNECT_TIMEOUT = "connect_timeout_ms";
    private static final String ANSWER_TIMEOUT = "answer_timeout_ms";
    private static final String COMMANDS = "max_commands_under_way";
    private static final String BYTES = "max_bytes_under_way";
    private static final String PROMISED = "promised_durability";

    private static final int CUSTOMARY_PORT = 6379;
    private static final long HOUR_MILLIS = 3_600_000;

    static final List<Setting> CONNECT =
            List.of(
                    Setting.text(HOST, "name or address of the server"),
                    Setting.number(PORT, 1, 65_535, "its port; 6379 without"),
                    Setting.number(DATABASE, 0, 65_535, "number of the database; 0 without"),
                    Setting.text(KEY_PREFIX, "what all keys begin with; flowir without").optional(),
                    Setting.text(USER, "who logs in; default without").optional(),
                    Setting.secret(PASSWORD, "the password; nobody logs in without").optional(),
                    Setting.flag(TLS, "whether what is said is encrypted"),
                    Setting.text(TRUSTED, "PEM file of what is believed; the JVM's without")
                            .optional(),
                    Setting.text(CERTIFICATE, "PEM file that is shown to the server").optional(),
                    Setting.text(KEY_FILE, "PEM file of its key").optional());

    static final List<Setting> CONFIG =
            List.of(
                    Setting.number(
                            CONNECT_TIMEOUT, 1, HOUR_MILLIS, "for a connection; 5 s without"),
                    Setting.number(ANSWER_TIMEOUT, 1, HOUR_MILLIS, "for an answer; 5 s without"),
                    Setting.number(
                            COMMANDS, 1, Integer.MAX_VALUE, "commands at once; 10,000 without"),
                    Setting.number(BYTES, 1, 1L << 40, "bytes of commands at once; 64 MiB without"),
                    Setting.choice(
                            PROMISED,
                            List.of("none", "local_disk", "replicated"),
                            "what a crash leaves; the server is asked without"));

    private RedisPlace() {}

    static Redis of(Provision given) {
        return given.shared(name(given), Redis.class, () -> Redis.connect(settings(given)));
    }

    /** One name for all that says the same; the secret is in it by its name. */
    static String name(Provision given) {
        return "redis:" + settings(given) + ":" + given.text(PASSWORD).orElse("");
    }

    private static RedisSettings settings(Provision given) {
        RedisSettings settings =
                RedisSettings.at(given.required(HOST), given.count(PORT, CUSTOMARY_PORT))
                        .in(given.count(DATABASE, 0))
                        .over(tls(given))
                        .with(patience(given))
                        .with(bounds(given));
        if (given.text(KEY_PREFIX).isPresent()) {
            settings = settings.prefixed(given.required(KEY_PREFIX));
        }
        if (given.text(PROMISED).isPresent()) {
            settings =
                    settings.promising(
                            Descriptor.Durability.valueOf(
                                    given.required(PROMISED).toUpperCase(Locale.ROOT)));
        }
        return login(given).map(settings::as).orElse(settings);
    }

    /** The password is looked up for each connection. */
    private static Optional<RedisLogin> login(Provision given) {
        if (given.text(PASSWORD).isEmpty()) {
            if (given.text(USER).isPresent()) {
                throw new IllegalArgumentException("a user logs in with a password; name it, too");
            }
            return Optional.empty();
        }
        return Optional.of(
                new RedisLogin(
                        given.text(USER).orElse("default"), () -> given.secret(PASSWORD).reveal()));
    }

    private static RedisTls tls(Provision given) {
        boolean shows = given.text(CERTIFICATE).isPresent();
        boolean says = given.text(TRUSTED).isPresent() || shows;
        if (shows != given.text(KEY_FILE).isPresent() || (says && !given.flag(TLS))) {
            throw new IllegalArgumentException(
                    "a certificate goes with its key, and both with \"tls\": true");
        }
        if (!given.flag(TLS)) {
            return RedisTls.off();
        }
        Optional<Path> trusted = given.text(TRUSTED).map(it -> given.file(TRUSTED));
        Optional<RedisTls.Key> key =
                given.text(CERTIFICATE)
                        .map(it -> new RedisTls.Key(given.file(CERTIFICATE), given.file(KEY_FILE)));
        return new RedisTls.On(trusted, key);
    }

    private static RedisPatience patience(Provision given) {
        RedisPatience patience = RedisPatience.defaults();
        return patience.connectWithin(given.millis(CONNECT_TIMEOUT).orElse(patience.connect()))
                .answerWithin(given.millis(ANSWER_TIMEOUT).orElse(patience.answer()));
    }

    private static RedisBounds bounds(Provision given) {
        RedisBounds bounds = RedisBounds.defaults();
        return new RedisBounds(
                given.count(COMMANDS, bounds.commands()),
                given.number(BYTES).orElse(bounds.bytes()));
    }
}
