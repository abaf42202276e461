package dev.flowir.kernel;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Satisfies hints and hands out one object; remembers who asked. */
final class TestProvider implements CapabilityProvider {

    private final Set<String> hints;
    private final @Nullable Object handle;
    final List<Scope> scopes = new ArrayList<>();

    TestProvider(String... hints) {
        this(null, hints);
    }

    TestProvider(@Nullable Object handle, String... hints) {
        this.handle = handle;
        this.hints = Set.of(hints);
    }

    @Override
    public String kind() {
        return "test";
    }

    @Override
    public String binding() {
        return "main";
    }

    @Override
    public Set<String> hints() {
        return hints;
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.inMemory();
    }

    @Override
    public synchronized <H> H handle(Token<H> token, Scope scope) {
        scopes.add(scope);
        return token.handle().cast(handle);
    }
}
