package dev.flowir.redis;

import java.nio.file.Path;
import java.util.Optional;

/** Whether what is said on the way is encrypted, and who is believed. */
public sealed interface RedisTls {

    /** In the clear. */
    record Off() implements RedisTls {}

    /**
     * Encrypted; the server's certificate must be for its host name.
     *
     * @param trusted certificates that are believed, in PEM; those of the JVM when empty
     * @param key what this side shows to a server that asks for it
     */
    record On(Optional<Path> trusted, Optional<Key> key) implements RedisTls {}

    /**
     * A certificate and its key.
     *
     * @param certificate in PEM, with those that vouch for it
     * @param key in PEM, PKCS #8, without a password
     */
    record Key(Path certificate, Path key) {}

    /** {@return in the clear} */
    static RedisTls off() {
        return new Off();
    }

    /** {@return encrypted; the authorities that the JVM knows are believed} */
    static RedisTls on() {
        return new On(Optional.empty(), Optional.empty());
    }

    /**
     * Encrypted; only some certificates are believed.
     *
     * @param trusted the certificates, in PEM
     * @return the setting
     */
    static RedisTls trusting(Path trusted) {
        return new On(Optional.of(trusted), Optional.empty());
    }
}
