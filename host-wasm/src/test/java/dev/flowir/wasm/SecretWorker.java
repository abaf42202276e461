package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.secret.SecretException;
import dev.flowir.secret.SecretReader;
import dev.flowir.secret.Secrets;
import java.util.Map;

/** Asks for secrets, inside an isolate. */
public final class SecretWorker implements EdgeApplication {

    static final String BINDING = "vault";
    static final String TEXT = "p\u00E4ss \"word\"\\with=signs";

    /** What the platform is given, by its own names. */
    static final Map<String, String> PLANTED =
            Map.of(
                    "PAYMENTS_KEY_1_A",
                    TEXT,
                    "OTHER",
                    "other text",
                    "THERE",
                    TEXT,
                    "A",
                    TEXT,
                    "KEY",
                    TEXT,
                    "EMPTY",
                    "",
                    "FITS",
                    "x".repeat(65_536),
                    "LONG",
                    "x".repeat(65_537));

    /** For the service loader. */
    public SecretWorker() {}

    /** A name. */
    public record Asked(String name) {}

    /**
     * What came of it. A test may tell a text, a flow must not.
     *
     * @param refused a fault, or empty
     */
    public record Told(String refused, String why, String text, String shown) {}

    @Override
    public EdgeRoutes routes() {
        Flow<Asked, Told> ask =
                Flow.define(
                        "ask",
                        "1.0.0",
                        Asked.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.reads(
                                                "ask",
                                                Asked.class,
                                                Told.class,
                                                Secrets.reader(BINDING),
                                                (secrets, it, ctx) -> told(secrets, it.name()))));
        return EdgeRoutes.none()
                .bind(
                        EdgeBindings.secrets(
                                BINDING,
                                "payments.key-1_A",
                                "other",
                                "there",
                                "a",
                                "key",
                                "empty",
                                "fits",
                                "long"))
                .route("POST", "/ask", ask, options -> options.maxBody(2 << 20));
    }

    private static Told told(SecretReader secrets, String name) {
        try {
            Secret secret = secrets.secret(name);
            return new Told("", "", secret.reveal(), secret.toString());
        } catch (SecretException refused) {
            return new Told(refused.fault().name(), String.valueOf(refused.getMessage()), "", "");
        }
    }
}
