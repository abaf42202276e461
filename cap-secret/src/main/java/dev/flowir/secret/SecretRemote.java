package dev.flowir.secret;

import java.util.Optional;

/**
 * Secrets that something else keeps, such as a platform or a server. Names come checked; texts are
 * checked by the vault.
 */
@FunctionalInterface
public interface SecretRemote {

    /**
     * Looks a secret up, as it is now.
     *
     * @param name a name as {@link SecretReader#secret} takes it
     * @return its text; empty when there is none
     */
    Optional<String> text(String name);
}
