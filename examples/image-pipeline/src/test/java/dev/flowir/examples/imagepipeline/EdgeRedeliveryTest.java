package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.wasm.build.LocalWorker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the platform's simulator is not the platform, shown with a worker that is written by hand:
 * why a worker of ours settles each message by itself and never throws.
 */
class EdgeRedeliveryTest {

    /** Of a batch of four the first two are acknowledged, then the handler throws, once. */
    private static final String HANDLER =
            """
            const seen = [];
            export default {
              async fetch(request, env) {
                if (request.method === 'POST') await env.Q.sendBatch([1, 2, 3, 4].map((body) => ({ body })));
                return new Response(seen.join(' '));
              },
              async queue(batch) {
                for (const { body, attempts } of batch.messages) seen.push(`${body}#${attempts}`);
                if (batch.messages.some(({ attempts }) => attempts > 1)) return;
                batch.messages[0].ack();
                batch.messages[1].ack();
                throw new Error('after two');
              },
            };
            """;

    private static final String CONFIG =
            """
            {
              "name": "by-hand", "main": "src/main.mjs",
              "compatibility_date": "2026-01-01", "compatibility_flags": [],
              "rules": [{ "type": "ESModule", "globs": ["**/*.mjs"] }],
              "secrets": { "required": [] },
              "kv_namespaces": [], "r2_buckets": [], "ratelimits": [], "services": [], "d1_databases": [],
              "durable_objects": { "bindings": [] },
              "queues": {
                "producers": [{ "binding": "Q", "queue": "four" }],
                "consumers": [{
                  "queue": "four", "max_batch_size": 4, "max_batch_timeout": 60, "max_retries": 1, "retry_delay": 0
                }]
              }
            }
            """;

    /**
     * The platform brings back the third and the fourth only; its simulator forgets what was
     * acknowledged.
     */
    @Test
    void r0_13_theSimulatorForgetsWhatWasAcknowledgedWhenAHandlerThrows(@TempDir Path folder)
            throws Exception {
        Files.createDirectories(folder.resolve("src"));
        Files.writeString(folder.resolve("src/main.mjs"), HANDLER);
        Files.writeString(folder.resolve("wrangler.json"), CONFIG);
        try (LocalWorker worker =
                        LocalWorker.start(folder, EdgeWorkers.TOOLS, 0, Map.of(), line -> {});
                HttpClient client = HttpClient.newHttpClient()) {
            URI address = worker.address();
            client.send(
                    HttpRequest.newBuilder(address)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            String seen =
                    EdgeBench.awaited(
                            () ->
                                    client.send(
                                                    HttpRequest.newBuilder(address).build(),
                                                    BodyHandlers.ofString())
                                            .body(),
                            it -> it.split(" ").length >= 8);
            assertEquals("1#1 2#1 3#1 4#1 1#2 2#2 3#2 4#2", seen);
        }
    }
}
