package dev.flowir.http.model;

import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpSettings;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.Set;

/** What endpoints for models have in common: a service, and the hint that they serve. */
abstract sealed class ModelEndpoint implements CapabilityProvider, AutoCloseable
        permits TextEndpoint, ClassifierEndpoint {

    private final HttpEndpoint endpoint;
    private final HttpSettings http;
    private final String hint;

    ModelEndpoint(String binding, String base, HttpSettings http, String hint) {
        this(HttpEndpoint.open(binding, base, http), http, hint);
    }

    ModelEndpoint(HttpEndpoint endpoint, HttpSettings http, String hint) {
        this.endpoint = endpoint;
        this.http = http;
        this.hint = hint;
    }

    final ModelCalls calls(Scope scope) {
        return new ModelCalls(endpoint.writer(scope), http::nowMillis, scope.idempotencyKey());
    }

    /** {@return how many calls are open now} */
    public final int callsOpen() {
        return endpoint.callsOpen();
    }

    @Override
    public final String binding() {
        return endpoint.binding();
    }

    @Override
    public final Set<String> hints() {
        return Set.of(hint);
    }

    @Override
    public final Descriptor descriptor() {
        return endpoint.descriptor();
    }

    /** Ends open calls and closes connections. */
    @Override
    public final void close() {
        endpoint.close();
    }
}
