package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request asks of the platform, and when. */
class JsRequestTest {

    private final List<String> calls = new ArrayList<>();

    /** The platform looks for what is left to wait for when the answer goes. */
    @Test
    void aRequestOfWhichNothingRunsIsOverBeforeItsAnswerGoes(@TempDir Path folder)
            throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(EdgeApplication.class.getName()), Plain.class.getName(), UTF_8);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            new JsRequest(new JsIsolate(fake(JsPlatform.class)), fake(JsCall.class)).serve();
        } finally {
            thread.setContextClassLoader(before);
        }
        int over = calls.indexOf("over");
        assertEquals(List.of("over", "json null"), calls.subList(over, over + 2), calls::toString);
    }

    private <T> T fake(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, given) -> {
                            String name = method.getName();
                            calls.add(name.equals("json") ? "json " + given[2] : name);
                            return switch (name) {
                                case "nowMillis" -> 0.0;
                                case "uuid", "query" -> "";
                                case "later" -> 1;
                                case "method" -> "GET";
                                case "path" -> "/plain";
                                case "headerCount" -> 0;
                                default -> null;
                            };
                        }));
    }

    /** One flow that waits for nothing. */
    public static final class Plain implements EdgeApplication {

        /** For the service loader. */
        public Plain() {}

        @Override
        public EdgeRoutes routes() {
            Node<JsonValue, JsonValue> node =
                    Node.pure("plain", JsonValue.class, JsonValue.class, it -> it);
            return EdgeRoutes.none()
                    .get(
                            "/plain",
                            Flow.define(
                                    "plain",
                                    "1.0.0",
                                    JsonValue.class,
                                    (g, in) -> g.then(in, node)));
        }
    }
}
