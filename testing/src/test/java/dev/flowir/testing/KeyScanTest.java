package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.http.Egress;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.model.ClassifierEndpoint;
import dev.flowir.http.model.ClassifierSettings;
import dev.flowir.http.model.Models;
import dev.flowir.http.model.TextEndpoint;
import dev.flowir.http.model.TextRequest;
import dev.flowir.http.model.TextSettings;
import dev.flowir.http.model.TextStream;
import dev.flowir.http.tool.ToolCall;
import dev.flowir.http.tool.ToolEndpoint;
import dev.flowir.http.tool.ToolSettings;
import dev.flowir.http.tool.Tools;
import dev.flowir.ir.Body;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Token;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The keys of models and tools, sent back by the service in all that it says, are looked for in
 * definition, logs, failures, events of the run, history, and every byte of the store.
 */
class KeyScanTest {

    private static final String KEY = "pl4nted-m0del-k3y-4711";
    private static final String CONTROL = "c0ntrol-value-6666";
    private static final HttpSettings CALLING =
            HttpSettings.DEFAULT.with(Egress.own().withPrivateAddresses());

    /** What takes a key. */
    enum Taker {
        TEXT {
            @Override
            CapabilityProvider open(String address) {
                return TextEndpoint.open(
                        "service",
                        address,
                        TextSettings.openAi("m").with(CALLING).withKey(Taker::key));
            }

            @Override
            Node<String, String> node() {
                return call(
                        Models.text("service"),
                        (model, word, context) -> model.complete(TextRequest.of(word)).text());
            }
        },
        STREAM {
            @Override
            CapabilityProvider open(String address) {
                return TEXT.open(address);
            }

            @Override
            Node<String, String> node() {
                return call(
                        Models.text("service"),
                        (model, word, context) -> {
                            try (TextStream stream = model.stream(TextRequest.of(word))) {
                                stream.drain(piece -> {});
                                return stream.answer().text();
                            }
                        });
            }
        },
        IMAGES {
            @Override
            CapabilityProvider open(String address) {
                return ClassifierEndpoint.open(
                        "service",
                        address,
                        ClassifierSettings.workersAi("m").with(CALLING).withKey(Taker::key));
            }

            @Override
            Node<String, String> node() {
                return call(
                        Models.classifier("service"),
                        (eyes, word, context) ->
                                eyes.classify(word.getBytes(StandardCharsets.UTF_8)).toString());
            }
        },
        TOOL {
            @Override
            CapabilityProvider open(String address) {
                return ToolEndpoint.open(
                        "service", address, ToolSettings.DEFAULT.with(CALLING).withKey(Taker::key));
            }

            @Override
            Node<String, String> node() {
                return call(
                        Tools.caller("service"),
                        (tools, word, context) -> tools.call(ToolCall.of(word)).toString());
            }
        };

        private static <H> Node<String, String> call(
                Token<H> token, Body.Using<? super H, ? super String, String> body) {
            return Node.effect("call", String.class, String.class, token, body);
        }

        private static Secret key() {
            return Secret.of(KEY);
        }

        abstract CapabilityProvider open(String address);

        abstract Node<String, String> node();
    }

    @TempDir private Path folder;

    /** Every refusal says the key in another place. */
    private static WireServer.Script echoing() {
        AtomicInteger calls = new AtomicInteger();
        String error =
                "{\"error\":{\"message\":\"bad key "
                        + KEY
                        + "\",\"code\":\""
                        + KEY
                        + "\"},\"errors\":[{\"code\":\""
                        + KEY
                        + "\",\"message\":\""
                        + KEY
                        + "\"}],\"success\":false}";
        return (request, wire) -> {
            switch (calls.getAndIncrement()) {
                case 0 -> wire.reply(500, "x-echo: " + KEY + "\r\n", error);
                case 1 -> wire.reply(200, "content-type: text/event-stream\r\n", "data: " + error);
                case 2 -> wire.reply(200, "content-type: application/json\r\n", error);
                default -> wire.write("HTTP/1.1 " + KEY + "\r\n\r\n");
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Taker.class)
    void secr08_theKeyOfAServiceIsFoundNowhere(Taker taker) throws Exception {
        Flow<String, String> flow =
                Flow.define(
                        "scanned",
                        "1.0.0",
                        String.class,
                        (g, word) ->
                                g.then(word, taker.node().with(retry(3, Duration.ofMillis(1)))));
        RecordingListener events = new RecordingListener();
        try (SecretScan scan = new SecretScan()) {
            try (WireServer service = WireServer.start();
                    AutoCloseable provider = (AutoCloseable) taker.open(service.address());
                    Store store = Store.open(folder.resolve("runs.db"), StoreOptions.defaults());
                    DurableRuntime runtime =
                            DurableRuntime.on(store)
                                    .capabilities(Capabilities.of((CapabilityProvider) provider))
                                    .listener(events)
                                    .flows(flow)
                                    .open()) {
                service.then(echoing());
                scan.see("provider", provider);
                Result<String> result = runtime.start(flow, "run-1", CONTROL).await();
                if (!(result instanceof Result.Failed<String> failed)) {
                    throw new AssertionError("the service refuses all, and yet " + result);
                }
                scan.seeFailure(failed.failure());
                scan.see("events", events.heard());
                scan.seeHistory(runtime.export("run-1"));
                scan.see("look", runtime.inspect("run-1"));
                scan.see("definition", FlowJson.write(flow.definition()));
                assertTrue(service.requests().size() >= 1);
                assertEquals(
                        "Bearer " + KEY,
                        service.requests().get(0).header("authorization").orElse("none"));
            }
            scan.seeFiles(folder);
            scan.assertSees(CONTROL, "payload: ", "file runs.db");
            scan.assertHides(KEY);
        }
    }
}
