package dev.flowir.wasm;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.secret.SecretRemote;
import dev.flowir.secret.SecretVault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Secrets that the platform gives to a worker, of which it has those that it named.
 *
 * @param names names of the secrets in flows
 */
record EdgeSecrets(List<String> names) implements SecretRemote {

    /** Here and not beside the other bindings, which must load where there is no such module. */
    static CapabilityProvider provider(String binding, List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "say which secrets '" + binding + "' has: the platform gives no others");
        }
        List<EdgeManifest.Binding> needs = new ArrayList<>();
        for (String name : names) {
            String variable = SecretVault.variable(name);
            needs.add(new EdgeManifest.Binding(EdgeManifest.Kind.SECRET, variable, variable));
        }
        return new EdgeProvider(
                needs, SecretVault.remote("secret.edge", binding, new EdgeSecrets(names)));
    }

    @Override
    public Optional<String> text(String name) {
        return names.contains(name)
                ? Optional.of(Isolate.platform().secret(SecretVault.variable(name)))
                : Optional.empty();
    }
}
