package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Codec;
import dev.flowir.ir.Token;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.secret.SecretException;
import dev.flowir.secret.SecretFault;
import dev.flowir.secret.SecretReader;
import dev.flowir.secret.SecretVault;
import dev.flowir.testing.SecretBench;
import dev.flowir.testing.SecretContract;
import dev.flowir.testing.Verdict;
import dev.flowir.wasm.SecretWorker.Asked;
import dev.flowir.wasm.SecretWorker.Told;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The contract of secrets, kept by a worker's in miniflare; every question is asked there. */
class EdgeSecretsTest {

    /** Asks the worker. */
    private record Asking(HttpClient client, LocalWorker worker) implements CapabilityProvider {

        private static final CapabilityProvider EDGE =
                EdgeBindings.secrets(SecretWorker.BINDING, "key");

        @Override
        public String kind() {
            return EDGE.kind();
        }

        @Override
        public String binding() {
            return EDGE.binding();
        }

        @Override
        public Set<String> hints() {
            return EDGE.hints();
        }

        @Override
        public Descriptor descriptor() {
            return EDGE.descriptor();
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            SecretReader reader = this::secret;
            return token.handle().cast(reader);
        }

        private Secret secret(String name) {
            Codec<Asked> asked = JsonCodecs.strict().of(Type.of(Asked.class));
            Codec<Told> told = JsonCodecs.strict().of(Type.of(Told.class));
            try {
                HttpResponse<byte[]> answer =
                        client.send(
                                HttpRequest.newBuilder(worker.address().resolve("/ask"))
                                        .header("content-type", "application/json")
                                        .POST(
                                                BodyPublishers.ofByteArray(
                                                        asked.encode(new Asked(name))))
                                        .build(),
                                BodyHandlers.ofByteArray());
                assertEquals(200, answer.statusCode(), () -> new String(answer.body(), UTF_8));
                return revealed(told.decode(answer.body()));
            } catch (SecretException refused) {
                throw refused;
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }

        private static Secret revealed(Told told) {
            if (told.refused().isEmpty()) {
                assertEquals(Secret.HIDDEN, told.shown());
                return Secret.of(told.text());
            }
            SecretFault fault = SecretFault.valueOf(told.refused());
            String code = "[" + fault.code() + "] ";
            assertTrue(told.why().startsWith(code), told::why);
            throw new SecretException(fault, told.why().substring(code.length()));
        }
    }

    /** Nothing can be planted but what the worker was given. */
    private record Given(CapabilityProvider provider) implements SecretBench {

        @Override
        public void plant(String name, String text) {
            String given = SecretWorker.PLANTED.get(SecretVault.variable(name));
            assertEquals(given, text, "only a deployment changes a worker's secret");
        }

        @Override
        public void remove(String name) {
            throw new AssertionError("only a deployment takes away a worker's secret");
        }
    }

    @Test
    void rulesOfTheContractHoldButForSecretsThatChange() throws Exception {
        Map<String, String> failed = new TreeMap<>();
        try (LocalWorker worker =
                        Workers.run(Workers.build(SecretWorker.class, Target.JAVASCRIPT));
                HttpClient client = HttpClient.newHttpClient()) {
            SecretBench bench = new Given(new Asking(client, worker));
            for (Verdict verdict : SecretContract.RULES.verify(clock -> bench)) {
                if (verdict instanceof Verdict.Failed it) {
                    failed.put(it.rule(), String.valueOf(it.failure().getMessage()));
                }
            }
        }
        assertEquals(Set.of("SECR-04"), failed.keySet(), failed::toString);
        String why = String.valueOf(failed.get("SECR-04"));
        assertTrue(why.contains("only a deployment changes a worker's secret"), why);
    }

    @Test
    void aVaultThatNamesNoSecretIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> EdgeBindings.secrets("vault"));
    }
}
