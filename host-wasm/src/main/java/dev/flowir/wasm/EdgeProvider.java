package dev.flowir.wasm;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.List;
import java.util.Set;

/**
 * A provider that needs something that the platform binds.
 *
 * @param binds what it needs, all of it
 * @param served who turns tokens into handles
 */
record EdgeProvider(List<EdgeManifest.Binding> binds, CapabilityProvider served)
        implements CapabilityProvider {

    EdgeProvider(EdgeManifest.Binding needs, CapabilityProvider served) {
        this(List.of(needs), served);
    }

    @Override
    public String kind() {
        return served.kind();
    }

    @Override
    public String binding() {
        return served.binding();
    }

    @Override
    public Set<String> hints() {
        return served.hints();
    }

    @Override
    public Descriptor descriptor() {
        return served.descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return served.handle(token, scope);
    }
}
