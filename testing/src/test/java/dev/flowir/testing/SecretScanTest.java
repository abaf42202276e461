package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.http.Egress;
import dev.flowir.http.Http;
import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.HttpWrite;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.secret.SecretVault;
import dev.flowir.secret.Secrets;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets are planted, a durable run uses them against a service that sends them back in all it
 * says, and then they are looked for: in the definition, in logs, in failures with their causes, in
 * the run's history, and in every byte of the store.
 */
class SecretScanTest {

    private static final String KEY = "pl4nted-k3y-0123456789";
    private static final String WORD = "pl4nted-w0rd-9876543210";

    /** Not secret: what the scan must find, or it would find nothing. */
    private static final String CONTROL = "c0ntrol-value-5555";

    /** Results that are longer than 1 MiB are files beside the store. */
    private static final String LONG = " and on".repeat(1 << 18);

    private static final Node<String, String> ASK =
            Node.effect(
                    "ask",
                    String.class,
                    String.class,
                    Http.writer("service"),
                    Secrets.reader("vault"),
                    (http, vault, word, context) -> {
                        Secret extra = vault.secret("extra.word");
                        int status =
                                http.send(
                                                HttpRead.get("/fine")
                                                        .query("key", extra.reveal())
                                                        .header("x-extra", extra))
                                        .status();
                        return word + " was answered by " + status + LONG;
                    });

    private static final Node<String, String> FAIL =
            Node.effect(
                            "fail",
                            String.class,
                            String.class,
                            Http.writer("service"),
                            Secrets.reader("vault"),
                            (http, vault, word, context) ->
                                    http.send(
                                                    HttpWrite.post("/broken")
                                                            .header(
                                                                    "x-extra",
                                                                    vault.secret("extra.word"))
                                                            .withIdempotencyKey())
                                            .orThrow()
                                            .text())
                    .with(retry(3, Duration.ofMillis(1)));

    private static final Flow<String, String> FLOW =
            Flow.define(
                    "scanned", "1.0.0", String.class, (g, word) -> g.then(g.then(word, ASK), FAIL));

    @TempDir private Path folder;

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private final Handler logs =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    seen.add("log: " + new SimpleFormatter().format(line));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @Test
    void secr07_plantedSecretsAreFoundNowhere() throws Exception {
        Logger ours = Logger.getLogger("dev.flowir");
        ours.setLevel(Level.ALL);
        logs.setLevel(Level.ALL);
        ours.addHandler(logs);
        try (WireServer service = WireServer.start()) {
            run(service);
            assertEquals(
                    "Bearer " + KEY,
                    service.requests().get(0).header("authorization").orElse("none"));
            assertTrue(service.requests().get(0).target().contains(WORD));
        } finally {
            ours.removeHandler(logs);
            ours.setLevel(null);
        }
        scanFiles();
        assertTrue(seen.stream().anyMatch(text -> text.startsWith("log: ")), "no line was logged");
        for (String place : List.of("payload: ", "file runs.db", "file beside")) {
            assertTrue(
                    seen.stream()
                            .anyMatch(text -> text.startsWith(place) && text.contains(CONTROL)),
                    () -> "the scan does not even find what is not secret in " + place);
        }
        for (String text : seen) {
            assertFalse(text.contains(KEY), () -> "the key is in " + text);
            assertFalse(text.contains(WORD), () -> "the word is in " + text);
        }
    }

    private void run(WireServer service) throws Exception {
        WireServer.Script echo =
                (request, wire) ->
                        wire.reply(
                                500,
                                "x-echo: " + KEY + WORD + "\r\n",
                                request.header("authorization").orElse("")
                                        + request.header("x-extra").orElse("")
                                        + " key="
                                        + KEY);
        service.then(200, KEY + WORD)
                .then(echo)
                .then((request, wire) -> wire.write("HTTP/1.1 " + KEY + WORD + "\r\n\r\n"))
                .then(echo);
        SecretVault vault =
                SecretVault.memory(
                        "vault",
                        Map.of(
                                "service.key", Secret.of(KEY),
                                "extra.word", Secret.of(WORD)));
        HttpSettings settings =
                HttpSettings.DEFAULT
                        .with(Egress.own().withPrivateAddresses())
                        .withHeader(
                                "authorization",
                                () -> vault.secret("service.key").map(text -> "Bearer " + text));
        try (HttpEndpoint endpoint = HttpEndpoint.open("service", service.address(), settings);
                Store store = Store.open(folder.resolve("runs.db"), StoreOptions.defaults());
                DurableRuntime runtime =
                        DurableRuntime.on(store)
                                .capabilities(Capabilities.of(endpoint, vault))
                                .flows(FLOW)
                                .open()) {
            Result<String> result = runtime.start(FLOW, "run-1", CONTROL).await();
            switch (result) {
                case Result.Value<String> value -> seen.add("value: " + value.value());
                case Result.Failed<String> failed -> remember(failed.failure());
            }
            remember(runtime.export("run-1"));
            seen.add("look: " + runtime.inspect("run-1"));
            seen.add("definition: " + FlowJson.write(FLOW.definition()));
        }
    }

    /** The history as it is, and what its payloads are in Base64. */
    private void remember(String history) {
        seen.add("history: " + history);
        Matcher payload = Pattern.compile("\"bytes\":\"([^\"]+)\"").matcher(history);
        while (payload.find()) {
            byte[] bytes = Base64.getDecoder().decode(payload.group(1));
            seen.add("payload: " + new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    private void remember(Failure failure) {
        seen.add("failure: " + failure + " " + failure.message());
        if (failure instanceof Failure.NodeFailed failed) {
            StringWriter trace = new StringWriter();
            failed.cause().printStackTrace(new PrintWriter(trace));
            seen.add("trace: " + trace);
        }
    }

    private void scanFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // byte by byte: a secret in ASCII is found wherever it stands
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                boolean isBeside = !file.getParent().equals(folder);
                seen.add("file " + (isBeside ? "beside " : "") + file.getFileName() + ": " + bytes);
            }
        }
    }
}
