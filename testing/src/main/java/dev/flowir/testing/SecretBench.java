package dev.flowir.testing;

import dev.flowir.secret.SecretReader;
import dev.flowir.secret.Secrets;

/** A provider of secrets on the bench, empty. */
public interface SecretBench extends Bench {

    /**
     * Puts a secret where the provider finds it, or changes it.
     *
     * @param name its name
     * @param text its text
     * @throws Exception when that fails, which fails the rule
     */
    void plant(String name, String text) throws Exception;

    /**
     * Takes a secret away.
     *
     * @param name its name
     * @throws Exception when that fails, which fails the rule
     */
    void remove(String name) throws Exception;

    /** {@return a handle, outside of any run} */
    default SecretReader reader() {
        return handle(Secrets.reader(provider().binding()));
    }
}
