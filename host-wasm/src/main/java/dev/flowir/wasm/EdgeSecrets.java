package dev.flowir.wasm;

import dev.flowir.secret.SecretRemote;
import dev.flowir.secret.SecretVault;
import java.util.List;
import java.util.Optional;

/**
 * Secrets that the platform gives to a worker, of which it has those that it named.
 *
 * @param names names of the secrets in flows
 */
record EdgeSecrets(List<String> names) implements SecretRemote {

    @Override
    public Optional<String> text(String name) {
        return names.contains(name)
                ? Optional.of(Isolate.platform().secret(SecretVault.variable(name)))
                : Optional.empty();
    }
}
