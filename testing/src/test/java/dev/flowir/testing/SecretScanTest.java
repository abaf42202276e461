package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.secret.SecretVault;
import dev.flowir.secret.Secrets;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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

    @Test
    void secr07_plantedSecretsAreFoundNowhere() throws Exception {
        try (SecretScan scan = new SecretScan()) {
            try (WireServer service = WireServer.start()) {
                run(service, scan);
                assertEquals(
                        "Bearer " + KEY,
                        service.requests().get(0).header("authorization").orElse("none"));
                assertTrue(service.requests().get(0).target().contains(WORD));
            }
            scan.seeFiles(folder);
            scan.assertSees(CONTROL, "payload: ", "file runs.db", "file beside");
            scan.assertHides(KEY, WORD);
        }
    }

    private void run(WireServer service, SecretScan scan) throws Exception {
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
                case Result.Value<String> value -> scan.see("value", value.value());
                case Result.Failed<String> failed -> scan.seeFailure(failed.failure());
            }
            scan.seeHistory(runtime.export("run-1"));
            scan.see("look", runtime.inspect("run-1"));
            scan.see("definition", FlowJson.write(FLOW.definition()));
        }
    }
}
