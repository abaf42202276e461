package dev.flowir.secret;

import dev.flowir.kernel.cap.Secret;

/** Gives secrets by name. Thread-safe. */
@FunctionalInterface
public interface SecretReader {

    /**
     * A secret as it is now. Ask again for each use: it may have been changed.
     *
     * @param name 1 to 128 letters, digits, {@code .}, {@code _} and {@code -}, beginning with a
     *     letter or digit
     * @return the secret
     * @throws SecretException when the name is none, when there is no such secret, or when it
     *     cannot be read
     */
    Secret secret(String name);
}
