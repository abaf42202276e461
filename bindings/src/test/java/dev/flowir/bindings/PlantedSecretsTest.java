package dev.flowir.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.LoggingListener;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.redis.RedisException;
import dev.flowir.redis.RedisFault;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flow bound to a server with a password, keys by HMAC and encrypted values: secrets are planted,
 * and looked for in what is kept and said, on the ways that fail, too.
 */
class PlantedSecretsTest {

    private static final String PASSWORD = "planted-password-hunter2";
    private static final String NAMES = "planted-key-for-names-0123456789";
    private static final String VALUES = "planted-key-for-values-012345678";
    private static final String KEY = "planted-name-of-an-entry";

    @TempDir private Path folder;
    @TempDir private Path runs;
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Logger logger = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("dev.flowir");
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    if ("java.lang.ProcessBuilder".equals(line.getLoggerName())) {
                        return; // the JDK, of this test's own start of the server
                    }
                    logged.add(line.getLoggerName() + " " + new SimpleFormatter().format(line));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
    private Level before = Level.INFO;

    @BeforeEach
    void listen() {
        before = logger.getLevel();
        logger.setLevel(Level.FINE); // the driver's own trace has what it sends, as the page says
        ours.setLevel(Level.ALL);
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(handler);
        logger.setLevel(before);
        ours.setLevel(null);
    }

    private static String base64(String key) {
        return Base64.getEncoder().encodeToString(Samples.utf8(key));
    }

    private static Map<String, Secret> secrets() {
        Map<String, Secret> secrets = new HashMap<>();
        secrets.put("redis.password", Secret.of(PASSWORD));
        secrets.put("names.key", Secret.of(base64(NAMES)));
        secrets.put("values.2026", Secret.of(base64(VALUES)));
        return secrets;
    }

    private static String catalog(RedisServer server) {
        return """
        {"version": 1,
         "instances": {"shop": {"provider_kind": "kv.redis", "provides": ["resource::kv"],
           "connect": {"host": "%s", "port": %d, "password": "redis.password"},
           "isolation": [{"kind": "hmac_keys", "config": {"key": "names.key"}},
             {"kind": "encrypted_values",
              "config": {"current": "2026", "keys": {"2026": "values.2026"}}}]}},
         "bindings": [{"use": {"resource::kv": "shop"}}]}
        """
                .formatted(server.host(), server.port());
    }

    private static Runtime runtime(Bindings bindings) {
        return Runtime.builder()
                .capabilities(bindings.capabilities(Samples.KEEPS))
                .hints(bindings.hints())
                .listener(new LoggingListener())
                .build();
    }

    /** The same flow as a durable run: what it says of itself, and its journal. */
    private void runDurably(String catalog) throws InterruptedException, IOException {
        try (Bindings bindings = Samples.open(catalog, secrets(), Samples.KEEPS);
                Store store = Store.open(runs.resolve("runs.db"), StoreOptions.defaults());
                DurableRuntime durable =
                        DurableRuntime.on(store)
                                .capabilities(bindings.capabilities(Samples.KEEPS))
                                .flows(Samples.KEEPS)
                                .open()) {
            assertEquals("of keeps", durable.start(Samples.KEEPS, "run", "ada").await().orThrow());
            seen.add("history " + durable.history("run"));
            seen.add("inspection " + durable.inspect("run"));
            seen.add("run " + durable.find("run"));
        }
        String journal = files(runs);
        assertTrue(journal.contains("of keeps"), "the journal was looked at");
        assertHidden(journal, PASSWORD, NAMES, VALUES);
    }

    private void see(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        seen.add(trace.toString());
    }

    private void see(Failure failure) {
        seen.add(failure + " " + failure.message());
        if (failure instanceof Failure.NodeFailed failed) {
            see(failed.cause());
        }
    }

    private static String files(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static void assertHidden(String where, String... secrets) {
        for (String secret : secrets) {
            assertFalse(where.contains(secret), () -> "'" + secret + "' is in " + where);
            assertFalse(where.contains(base64(secret)), () -> "'" + secret + "' is in " + where);
        }
    }

    @Test
    void secretsAreInNothingThatIsKeptOrSaidAlsoWhereItFails() throws Exception {
        RedisServer server =
                RedisServer.start(folder, RedisServer.Fsync.ALWAYS, "--requirepass", PASSWORD);
        try {
            String catalog = catalog(server);
            byte[] lock = Samples.lock(catalog, Samples.KEEPS).json();
            Files.write(folder.resolve("bindings.lock.json"), lock);
            seen.add(new String(lock, StandardCharsets.UTF_8));
            try (Bindings bindings = Samples.open(catalog, secrets(), Samples.KEEPS);
                    Runtime runtime = runtime(bindings)) {
                assertEquals("of keeps", runtime.run(Samples.KEEPS, KEY).orThrow());
                server.kill();
                see(
                        assertInstanceOf(Result.Failed.class, runtime.run(Samples.KEEPS, KEY))
                                .failure());
                server.startAgain();
            }
            runDurably(catalog);
            wrongPassword(catalog);
            missingSecret(catalog);
            editedLock(lock);
        } finally {
            server.close();
        }
        String kept = files(folder);
        assertTrue(kept.contains("flowir:kv"), "the server's file was looked at");
        assertTrue(kept.contains("content_hash"), "the lock was looked at");
        assertHidden(kept, PASSWORD, NAMES, VALUES, KEY, "of keeps");
        assertTrue(seen.size() >= 8, seen::toString);
        assertTrue(
                logged.stream().anyMatch(line -> line.contains("dev.flowir.run")),
                "lines of the log were looked at");
        assertTrue(
                logged.stream().anyMatch(line -> line.contains("lettuce")),
                "those of the driver, too");
        for (String line : List.copyOf(logged)) {
            assertHidden(line, PASSWORD, NAMES, VALUES, "wrong-password");
        }
        for (String text : seen) {
            assertHidden(text, PASSWORD, NAMES, VALUES, "wrong-password");
        }
    }

    private void wrongPassword(String catalog) {
        Map<String, Secret> wrong = secrets();
        wrong.put("redis.password", Secret.of("wrong-password"));
        try (Bindings bindings = Samples.open(catalog, wrong, Samples.KEEPS)) {
            RedisException refused =
                    assertThrows(RedisException.class, () -> bindings.capabilities(Samples.KEEPS));
            assertEquals(RedisFault.DENIED, refused.fault());
            see(refused);
        }
    }

    private void missingSecret(String catalog) {
        Map<String, Secret> fewer = secrets();
        fewer.remove("values.2026");
        try (Bindings bindings = Samples.open(catalog, fewer, Samples.KEEPS)) {
            BindingsException refused =
                    assertThrows(
                            BindingsException.class,
                            () -> runtime(bindings).run(Samples.KEEPS, KEY).orThrow());
            assertEquals(BindingsFault.NO_SECRET, refused.fault());
            see(refused);
        }
    }

    private void editedLock(byte[] lock) {
        byte[] edited =
                Samples.utf8(
                        new String(lock, StandardCharsets.UTF_8).replace("kv.redis", PASSWORD));
        see(
                assertThrows(
                        BindingsException.class,
                        () -> BindingsLock.parse("bindings.lock.json", edited)));
    }
}
