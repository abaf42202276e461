package dev.flowir.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Token;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.LoggingListener;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.FaultKind;
import dev.flowir.kernel.cap.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a log says of runs that requests began. */
final class RunLogTest extends ServerSuite {

    private static final String HINT = "resource::kv::write";
    private static final WriteToken<Page> WRITE =
            WriteToken.of("kv", "page", Page.class, HINT, "resource::kv::write");

    record Name(String name) {}

    /** A page that nodes write on. */
    private static final class Page implements CapabilityProvider {

        @Override
        public String kind() {
            return "kv.page";
        }

        @Override
        public String binding() {
            return "page";
        }

        @Override
        public Set<String> hints() {
            return Set.of(HINT);
        }

        @Override
        public Descriptor descriptor() {
            return Descriptor.inMemory();
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            return token.handle().cast(this);
        }
    }

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("dev.flowir.run");
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(new SimpleFormatter().formatMessage(line));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
    private final Runtime kernel =
            Runtime.builder()
                    .capabilities(Capabilities.of(new Page()))
                    .listener(new LoggingListener())
                    .build();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    @AfterEach
    void leave() {
        kernel.close(Duration.ZERO);
        logger.removeHandler(handler);
        logger.setLevel(null);
    }

    private String one(String about) {
        await(
                about,
                () -> lines.stream().anyMatch(line -> line.contains(about))); // the answer is first
        List<String> found = lines.stream().filter(line -> line.contains(about)).toList();
        assertEquals(1, found.size(), lines::toString);
        return found.getFirst();
    }

    @Test
    void ob03_linesSayRunFlowRequestRouteNodeAndItsHints() throws Exception {
        Node<Name, String> write =
                Node.effect(
                        "write",
                        Name.class,
                        String.class,
                        WRITE,
                        (page, in, context) -> page.kind() + in.name());
        Flow<Name, String> flow =
                Flow.define("log-me", "1.0.0", Name.class, (g, in) -> g.then(in, write));
        serve(kernel, routes -> routes.post("/names", flow));
        send(
                to("/names")
                        .header("x-request-id", "request-7")
                        .header("x-event-id", "event-8")
                        .header("Authorization", "Bearer hunter2")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"a\"}")));
        end();

        for (String line : List.of(one("run started"), one("node=write"), one("run ended"))) {
            assertTrue(line.contains("flow=log-me"), line);
            assertTrue(line.contains("lf.request_id=request-7"), line);
            assertTrue(line.contains("lf.event_id=event-8"), line);
            assertTrue(line.contains("http.route=/names"), line);
            assertTrue(line.matches("(?s).*\\brun=[0-9a-zA-Z-]{8,}.*"), line);
            assertFalse(line.contains("hunter2"), line);
        }
        String attempt = one("node=write");
        assertTrue(attempt.contains("node=write"), attempt);
        assertTrue(attempt.contains("hints=" + HINT), attempt);
    }

    @Test
    void aRunThatFailsIsAWarningWithItsCode() throws Exception {
        Node<Name, String> fails =
                Node.pure(
                        "fails",
                        Name.class,
                        String.class,
                        in -> {
                            throw new IllegalStateException("not today");
                        });
        Flow<Name, String> flow =
                Flow.define("fails", "1.0.0", Name.class, (g, in) -> g.then(in, fails));
        serve(kernel, routes -> routes.get("/{name}", flow));
        get("/a");
        end();

        String failed = one("run failed");
        assertTrue(failed.contains("code=RUN101"), failed);
        assertTrue(failed.contains("lf.request_id="), failed);
        logger.setLevel(Level.WARNING);
        lines.clear();
        get("/b");
        end();
        one("run failed");
        assertEquals(1, lines.size(), lines::toString);
    }

    /** A capability's fault, as a body may wrap it. */
    private static final class Away extends RuntimeException implements Classified {

        private static final long serialVersionUID = 1;

        @Override
        public FaultKind kind() {
            return FaultKind.UNAVAILABLE;
        }
    }

    @Test
    void repeatsAndFailuresSayTheKindOfACapabilitysFault() throws Exception {
        Node<Name, String> fails =
                Node.effect(
                                "fails",
                                Name.class,
                                String.class,
                                WRITE,
                                (page, in, context) -> {
                                    throw new IllegalStateException("page", new Away());
                                })
                        .with(NodeOption.retry(1, Duration.ZERO));
        Flow<Name, String> flow =
                Flow.define("fails", "1.0.0", Name.class, (g, in) -> g.then(in, fails));
        serve(kernel, routes -> routes.get("/{name}", flow));
        get("/a");
        end();

        for (String line : List.of(one("attempt 1 failed, next in"), one("run failed"))) {
            assertTrue(line.contains("fault=UNAVAILABLE"), line);
        }
    }
}
