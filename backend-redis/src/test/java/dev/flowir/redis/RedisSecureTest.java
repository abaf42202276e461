package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.testing.RedisServer;
import dev.flowir.testing.SelfSigned;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords and certificates. */
class RedisSecureTest {

    private static final String PASSWORD = "correct-horse-battery";
    private static final String WRONG = "wrong-horse-battery";

    @TempDir private Path folder;

    @Test
    void aPasswordIsNeededAndInNoText() throws IOException {
        try (RedisServer server =
                RedisServer.start(
                        folder, RedisServer.Fsync.EVERY_SECOND, "--requirepass", PASSWORD)) {
            RedisSettings settings = Patient.at(server);
            RedisLogin login = RedisLogin.password(() -> PASSWORD);
            try (Redis redis = Redis.connect(settings.as(login))) {
                assertWorks(redis);
                assertFalse((redis + " " + settings.as(login)).contains(PASSWORD));
            }
            for (RedisSettings refused :
                    new RedisSettings[] {settings, settings.as(RedisLogin.password(() -> WRONG))}) {
                RedisException refusal =
                        assertThrows(RedisException.class, () -> Redis.connect(refused));
                assertEquals(RedisFault.DENIED, refusal.fault());
                StringWriter trace = new StringWriter();
                refusal.printStackTrace(new PrintWriter(trace));
                assertFalse(trace.toString().contains(WRONG));
            }
        }
    }

    @Test
    void whoMayNotAskForSettingsIsPromisedNothing() throws IOException {
        try (RedisServer server =
                RedisServer.start(
                        folder,
                        RedisServer.Fsync.ALWAYS,
                        "--user",
                        "app",
                        "on",
                        ">" + PASSWORD,
                        "~*",
                        "+@all",
                        "-@dangerous")) {
            RedisSettings settings = Patient.at(server).as(new RedisLogin("app", () -> PASSWORD));
            try (Redis redis = Redis.connect(settings)) {
                assertWorks(redis);
                assertEquals("NONE", redis.durability().name());
            }
        }
    }

    @Test
    void encryptionBelievesOnlyWhomItIsToldToAndChecksTheName() throws Exception {
        SelfSigned made = SelfSigned.in(folder, "127.0.0.1");
        Path certificate = made.certificate();
        Path key = made.key();
        try (RedisServer server =
                RedisServer.start(
                        folder,
                        RedisServer.Fsync.EVERY_SECOND,
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-ca-cert-file",
                        certificate.toString())) {
            RedisSettings settings = Patient.at(server);
            RedisTls both =
                    new RedisTls.On(
                            Optional.of(certificate),
                            Optional.of(new RedisTls.Key(certificate, key)));
            try (Redis redis = Redis.connect(settings.over(both))) {
                assertWorks(redis);
            }
            assertAway(settings.over(RedisTls.trusting(certificate))); // the server asks for a key
            assertAway(settings.over(RedisTls.on())); // the JVM does not know who signed
            assertAway(
                    new RedisSettings(
                            "localhost", // the certificate is for the address
                            settings.port(),
                            0,
                            "flowir",
                            Optional.empty(),
                            both,
                            settings.patience(),
                            settings.bounds(),
                            Optional.empty()));
        }
    }

    private static void assertAway(RedisSettings settings) {
        RedisException refusal = assertThrows(RedisException.class, () -> Redis.connect(settings));
        assertEquals(RedisFault.AWAY, refusal.fault(), refusal::getMessage);
    }

    private static void assertWorks(Redis redis) {
        KvWriter kv = redis.kv("kv").writer(Scope.outside("test"));
        kv.put("k", KvValue.of("1"));
        assertTrue(kv.get("k").isPresent());
    }
}
