package dev.flowir.benchmarks.edge;

import dev.flowir.wasm.EdgeApplication;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a worker is asked.
 *
 * @param name of the worker, and of the module written by hand
 * @param application the flows that answer
 * @param path of the request
 * @param body in JSON
 */
record Question(
        String name, Class<? extends EdgeApplication> application, String path, String body) {

    /** Workers that are also written by hand. */
    static List<Question> all() {
        String lines =
                IntStream.range(0, 20)
                        .mapToObj(it ->
                                "{\"sku\":\"item-%d\",\"cents\":%d,\"grams\":%d,\"quantity\":%d}"
                                        .formatted(it, 199 + 37 * it, 120 + it, 1 + it % 3))
                        .collect(Collectors.joining(","));
        return List.of(
                new Question("echo", EchoWorker.class, "/echo", "\"tea\""),
                new Question(
                        "quote",
                        QuoteWorker.class,
                        "/quote",
                        "{\"id\":\"order-1\",\"lines\":[" + lines + "]}"));
    }
}
