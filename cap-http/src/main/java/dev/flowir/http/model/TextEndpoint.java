package dev.flowir.http.model;

import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpRemote;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Scope;

/**
 * A text model behind a service, bound under one name: the provider of {@link Models#text}. Keeps
 * connections open; thread-safe.
 */
public final class TextEndpoint extends ModelEndpoint {

    private final TextSettings settings;

    private TextEndpoint(String binding, String base, TextSettings settings) {
        super(binding, base, settings.http(), Models.TEXT_HINT);
        this.settings = settings;
    }

    /**
     * Opens an endpoint. Nothing is sent yet.
     *
     * @param binding name that tokens ask for
     * @param base http or https address of the service, as {@link TextShape} has it
     * @param settings which model, and how it is asked
     * @return the endpoint; close it
     * @throws IllegalArgumentException when the base is no address of a service
     */
    public static TextEndpoint open(String binding, String base, TextSettings settings) {
        return new TextEndpoint(binding, base, settings);
    }

    private TextEndpoint(HttpEndpoint endpoint, TextSettings settings) {
        super(endpoint, settings.http(), Models.TEXT_HINT);
        this.settings = settings;
    }

    /**
     * An endpoint whose requests something else carries, such as a platform that binds the service.
     *
     * @param kind for example {@code http.service}
     * @param binding name that tokens ask for
     * @param base http or https address of the service, as {@link TextShape} has it
     * @param settings which model, and how it is asked; TLS is the remote's
     * @param remote who carries requests; closed with the endpoint
     * @return the endpoint; close it
     * @throws IllegalArgumentException when the base is no address of a service
     */
    public static TextEndpoint over(
            String kind, String binding, String base, TextSettings settings, HttpRemote remote) {
        return new TextEndpoint(
                HttpEndpoint.over(kind, binding, base, settings.http(), remote), settings);
    }

    /**
     * A handle for one attempt.
     *
     * @param scope the attempt; {@link Scope#outside} for work outside of runs
     * @return the handle
     */
    public TextModel model(Scope scope) {
        return new Asked(settings, calls(scope), scope);
    }

    @Override
    public String kind() {
        return "model.text";
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(model(scope));
    }
}
