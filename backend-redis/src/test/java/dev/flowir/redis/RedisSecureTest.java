package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
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
        Path certificate = selfSigned("127.0.0.1");
        Path key = folder.resolve("key.pem");
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

    /** A certificate and its key that nobody vouches for, in PEM, made by the JDK's own tool. */
    private Path selfSigned(String address) throws Exception {
        Path keys = folder.resolve("keys.p12");
        char[] password = "changeit".toCharArray();
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "server",
                                "-dname",
                                "CN=redis",
                                "-ext",
                                "san=ip:" + address,
                                "-storepass",
                                new String(password),
                                "-keystore",
                                keys.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, password);
        }
        pem("key.pem", "PRIVATE KEY", store.getKey("server", password).getEncoded());
        return pem("cert.pem", "CERTIFICATE", store.getCertificate("server").getEncoded());
    }

    private Path pem(String file, String kind, byte[] content) throws IOException {
        String text =
                "-----BEGIN "
                        + kind
                        + "-----\n"
                        + Base64.getMimeEncoder().encodeToString(content)
                        + "\n-----END "
                        + kind
                        + "-----\n";
        return Files.writeString(folder.resolve(file), text);
    }
}
