package dev.flowir.http.tool;

import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpRemote;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.Set;

/**
 * A server of tools, bound under one name: the provider of {@link Tools}. Speaks the Model Context
 * Protocol over streamable HTTP, in one session for all attempts; begins it at the first call and
 * again when the server has forgotten it. Thread-safe.
 */
public final class ToolEndpoint implements CapabilityProvider, AutoCloseable {

    private final HttpEndpoint endpoint;
    private final ToolSettings settings;
    private final Session session;

    private ToolEndpoint(HttpEndpoint endpoint, ToolSettings settings, Session session) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.session = session;
    }

    /**
     * Opens an endpoint. Nothing is sent yet.
     *
     * @param binding name that tokens ask for
     * @param address http or https address of the server, often ending in {@code /mcp}
     * @param settings how it is called
     * @return the endpoint; close it
     * @throws IllegalArgumentException when the address is none of a service
     */
    public static ToolEndpoint open(String binding, String address, ToolSettings settings) {
        return new ToolEndpoint(
                HttpEndpoint.open(binding, address, settings.http()),
                settings,
                new SharedSession());
    }

    /**
     * An endpoint whose requests something else carries, such as a platform that binds the server,
     * and whose attempts do not wait for each other: those that come first and at once begin a
     * session each. A server is not told of calls that are given up; their connection ends.
     *
     * @param kind for example {@code http.service}
     * @param binding name that tokens ask for
     * @param address http or https address of the server, often ending in {@code /mcp}
     * @param settings how it is called; TLS is the remote's
     * @param remote who carries requests; closed with the endpoint
     * @return the endpoint; close it
     * @throws IllegalArgumentException when the address is none of a service
     */
    public static ToolEndpoint over(
            String kind, String binding, String address, ToolSettings settings, HttpRemote remote) {
        return new ToolEndpoint(
                HttpEndpoint.over(kind, binding, address, settings.http(), remote),
                settings,
                new Session());
    }

    /**
     * A handle that calls, for one attempt.
     *
     * @param scope the attempt; {@link Scope#outside} for work outside of runs
     * @return the handle
     */
    public ToolCaller caller(Scope scope) {
        return new Calling(rpc(scope), settings, scope);
    }

    private Rpc rpc(Scope scope) {
        return new Rpc(endpoint, scope, session);
    }

    @Override
    public String kind() {
        return "tool.mcp";
    }

    @Override
    public String binding() {
        return endpoint.binding();
    }

    @Override
    public Set<String> hints() {
        return Set.of(Tools.READ_HINT, Tools.CALL_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return endpoint.descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Object handle =
                token.handle() == ToolReader.class
                        ? new Asking(rpc(scope), settings, scope)
                        : caller(scope);
        return token.handle().cast(handle);
    }

    /** Tells the server that the session is over, ends open calls and closes connections. */
    @Override
    public void close() {
        rpc(Scope.outside("close")).endSession();
        endpoint.close();
    }
}
