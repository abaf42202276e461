package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.testing.HostAnswer;
import dev.flowir.testing.HostBench;
import dev.flowir.testing.HostRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyObject;

/** The JavaScript of a worker, run inside this JVM: no Node, no isolate, no socket. */
final class GraalHost implements HostBench {

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final Engine engine =
            Engine.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
    private final Context context;
    private final Value driver;

    private GraalHost(Path module) throws IOException {
        context =
                Context.newBuilder("js")
                        .engine(engine)
                        .allowIO(IOAccess.ALL)
                        .allowExperimentalOptions(true)
                        .option("js.esm-eval-returns-exports", "true")
                        .build();
        Source source = Source.newBuilder("js", module.toFile()).build();
        driver = on(() -> context.eval(source));
    }

    /** Runs the worker of a project for JavaScript. */
    static GraalHost of(Path project) throws IOException {
        Path module = Files.createDirectories(project.resolve("graal")).resolve("graal.mjs");
        try (InputStream in = GraalHost.class.getResourceAsStream("graal.mjs")) {
            Files.write(module, in.readAllBytes());
        }
        return new GraalHost(module);
    }

    private <T> T on(Callable<T> work) throws IOException {
        try {
            return loop.submit(work).get();
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    @Override
    public HostAnswer send(HostRequest request) throws IOException {
        return on(() -> answered(begun(request, "")));
    }

    @Override
    public void leave(HostRequest request, String heard) throws IOException {
        on(() -> {
            Value exchange = begun(request, heard);
            if (!heard.isEmpty()) {
                answered(exchange);
                return exchange;
            }
            while (driver.getMember("due").execute().asBoolean()) {
                step();
            }
            exchange.invokeMember("leave");
            return exchange;
        });
    }

    private Value begun(HostRequest request, String leaving) {
        Map<String, Object> fields = new HashMap<>();
        request.headers().forEach(it -> fields.put(it.name().toLowerCase(Locale.ROOT), it.value()));
        String body = request.body().orElse("");
        int size = body.getBytes(UTF_8).length;
        if (request.body().isPresent()) {
            boolean told = request.framing() == HostRequest.Framing.LENGTH;
            fields.put(
                    told ? "content-length" : "transfer-encoding",
                    told ? Integer.toString(size) : "chunked");
        }
        int mark = request.target().indexOf('?');
        String path = mark < 0 ? request.target() : request.target().substring(0, mark);
        String query = mark < 0 ? "" : request.target().substring(mark + 1);
        return driver.getMember("ask")
                .execute(
                        request.method(),
                        path,
                        query,
                        ProxyObject.fromMap(fields),
                        body,
                        size,
                        leaving);
    }

    private HostAnswer answered(Value exchange) {
        while (!exchange.getMember("done").asBoolean()) {
            step();
        }
        Value fields = exchange.getMember("headers");
        Map<String, String> headers = new HashMap<>();
        for (String name : fields.getMemberKeys()) {
            headers.put(name, fields.getMember(name).asString());
        }
        return new HostAnswer(
                exchange.getMember("status").asInt(),
                headers,
                exchange.getMember("text").asString());
    }

    private void step() {
        if (!driver.getMember("step").execute().asBoolean()) {
            throw new AssertionError("nothing goes on, and there is no answer");
        }
    }

    /** Gives everything free; rules only close what they were given. */
    void end() throws IOException {
        on(() -> {
            context.close(true);
            engine.close();
            return true;
        });
        loop.shutdown();
    }
}
