package dev.flowir.kernel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Handlers;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.Flows;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.Services;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

class HandlerProviderTest {

    private static final NodeBody.Single ECHO = (in, handles, context) -> in;
    private static final NodeBody.Single ANSWER = (in, handles, context) -> JsonValue.number(42);

    /** Brings one handler. */
    public static final class Echoes implements HandlerProvider {
        @Override
        public Map<String, NodeBody> handlers() {
            return Map.of("test::t", ECHO);
        }
    }

    /** Brings another. */
    public static final class Answers implements HandlerProvider {
        @Override
        public Map<String, NodeBody> handlers() {
            return Map.of("test::c", ANSWER);
        }
    }

    /** Brings one that {@link Echoes} brings too. */
    public static final class EchoesAgain implements HandlerProvider {
        @Override
        public Map<String, NodeBody> handlers() {
            return Map.of("test::t", ANSWER);
        }
    }

    /** Cannot even be made. */
    public static final class Broken implements HandlerProvider {
        /** Fails. */
        public Broken() {
            throw new IllegalStateException("no configuration");
        }

        @Override
        public Map<String, NodeBody> handlers() {
            return Map.of();
        }
    }

    private static Handlers discover(Class<?>... providers) {
        return HandlerProvider.discover(Services.of(HandlerProvider.class, providers));
    }

    @Test
    void handlersOfAllProvidersAreFound() {
        Handlers found = discover(Echoes.class, Answers.class);
        assertSame(ECHO, found.find("test::t").orElseThrow());
        assertSame(ANSWER, found.find("test::c").orElseThrow());
        assertTrue(found.find("test::x").isEmpty());
    }

    @Test
    void aDocumentRunsWithHandlersThatWereFound() {
        Flow<JsonValue, JsonValue> flow =
                Flow.interpreted(
                        Flows.named("found").nodes("t", "c").edges("t -> c").definition(),
                        "t",
                        "c",
                        discover(Echoes.class, Answers.class));
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(JsonValue.number(42), runtime.run(flow, JsonValue.number(1)).orThrow());
        }
    }

    @Test
    void withoutProvidersNothingIsFound() {
        assertTrue(discover().find("test::t").isEmpty());
    }

    @Test
    void twoProvidersOfOneIdentifierAreRefusedByName() {
        IllegalStateException refused =
                assertThrows(
                        IllegalStateException.class,
                        () -> discover(Echoes.class, EchoesAgain.class));
        assertEquals(
                "handler 'test::t' is brought by "
                        + Echoes.class.getName()
                        + " and by "
                        + EchoesAgain.class.getName(),
                refused.getMessage());
    }

    @Test
    void aProviderThatCannotBeMadeIsNotPassedOver() {
        assertThrows(ServiceConfigurationError.class, () -> discover(Echoes.class, Broken.class));
    }
}
