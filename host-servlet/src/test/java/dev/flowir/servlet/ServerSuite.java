package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.Runtime;
import dev.flowir.servlet.RequestListener.End;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the suites share: one run on each container, a client, and the ends that were reported. */
@Timeout(120)
@ParameterizedClass(name = "{0}")
@EnumSource
abstract class ServerSuite {

    /** Input of the flow {@link #CREATE}. */
    record NewTask(String title, int weight) {}

    /** Output of the flow {@link #CREATE}. */
    record Created(String taskId, String status) {}

    static final Flow<NewTask, Created> CREATE = flow("create", NewTask.class, Created.class);
    static final Flow<JsonValue, JsonValue> ECHO = flow("echo", JsonValue.class, JsonValue.class);
    static final Flow<String, String> TEXT = flow("text", String.class, String.class);

    static final JsonValue OK = JsonValue.text("ok");

    /** Longest wait for something that should come at once. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameter Container container = Container.JETTY;

    final ScriptedRuntime runtime = new ScriptedRuntime();
    final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<Container.Stop> open = new ArrayList<>();
    private int port;

    static <I, O> Flow<I, O> flow(String name, Class<I> input, Class<O> output) {
        Node<I, O> body =
                Node.pure(
                        "body",
                        input,
                        output,
                        in -> {
                            throw new IllegalStateException("scripted");
                        });
        return Flow.define(name, "1.0.0", input, (graph, in) -> graph.then(in, body));
    }

    /** Starts a server with these routes; it is stopped after the test. */
    FlowServlet serve(UnaryOperator<Routes> routes) throws Exception {
        return serveAll(routes.apply(Routes.on(runtime).listener(ends::add)));
    }

    /** Starts a server on a real kernel; it is stopped after the test. */
    FlowServlet serve(Runtime kernel, UnaryOperator<Routes> routes) throws Exception {
        return serveAll(routes.apply(Routes.on(kernel).listener(ends::add)));
    }

    private FlowServlet serveAll(Routes all) throws Exception {
        FlowServlet servlet = new FlowServlet(all);
        Container.Running running = container.start(servlet);
        open.add(running.stop());
        port = running.port();
        return servlet;
    }

    @AfterEach
    void stopAll() throws Exception {
        client.shutdownNow();
        for (Container.Stop one : open) {
            one.run();
        }
    }

    int port() {
        return port;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path).GET());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return post(path, BodyPublishers.ofString(json));
    }

    HttpResponse<String> post(String path, BodyPublisher body)
            throws IOException, InterruptedException {
        return send(to(path).header("Content-Type", "application/json").POST(body));
    }

    /** The answer's JSON without the request's id, which must be there. */
    static JsonValue envelope(HttpResponse<String> response) {
        JsonValue value = parsed(response.body());
        if (!(value instanceof JsonValue.Obj object)) {
            throw new AssertionError("no envelope: " + response.body());
        }
        var members = new java.util.LinkedHashMap<>(object.members());
        JsonValue id = members.remove("requestId");
        assertEquals(
                response.headers().firstValue("x-request-id").map(JsonValue::text).orElseThrow(),
                id);
        assertEquals("application/json", header(response, "content-type"));
        assertEquals("nosniff", header(response, "x-content-type-options"));
        return new JsonValue.Obj(members);
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** JSON with apostrophes for quotes. */
    static JsonValue json(String text) {
        return parsed(text.replace('\'', '"'));
    }

    static JsonValue parsed(String text) {
        try {
            return JsonCodecs.strict().of(Type.of(JsonValue.class)).decode(text.getBytes(UTF_8));
        } catch (CodecException broken) {
            throw new AssertionError("no JSON: " + text, broken);
        }
    }

    /** The next reported end; fails when none comes. */
    End end() throws InterruptedException {
        return taken(ends);
    }

    static <T> T taken(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }
}
