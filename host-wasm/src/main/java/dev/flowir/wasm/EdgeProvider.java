package dev.flowir.wasm;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.Set;

/**
 * A provider that needs a binding of the platform.
 *
 * @param binds what it needs
 * @param served who turns tokens into handles
 */
record EdgeProvider(EdgeManifest.Binding binds, CapabilityProvider served)
        implements CapabilityProvider {

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
