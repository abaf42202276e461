package dev.flowir.testing;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import java.util.Set;
import java.util.function.Function;

/** A provider with handles that are not its own. */
record Twisted(String binding, Set<String> hints, Function<Scope, Object> handles)
        implements CapabilityProvider {

    /** A good provider, asked with other scopes. */
    static Twisted scopes(CapabilityProvider good, Token<?> token, Function<Scope, Scope> change) {
        return new Twisted(
                good.binding(), good.hints(), scope -> good.handle(token, change.apply(scope)));
    }

    /** The same attempt with another key and fence, in a run that has no end. */
    static Scope scope(Scope scope, String key, Fence fence) {
        return new Scope(scope.flow(), scope.runId(), scope.node(), scope.attempt(), key, fence);
    }

    @Override
    public String kind() {
        return "twisted";
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.inMemory();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(handles.apply(scope));
    }
}
