package dev.flowir.cli;

import dev.flowir.bindings.Bindings;
import dev.flowir.bindings.BindingsLock;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.secret.SecretException;
import dev.flowir.secret.SecretFault;
import dev.flowir.secret.SecretVault;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of commands that run flows on what a lock binds. */
final class BindingsOption {

    @Option(
            names = "--bindings",
            paramLabel = "LOCK",
            description = "bindings.lock.json: what the flow may use")
    private Optional<String> lock = Optional.empty();

    @Option(
            names = "--secrets",
            paramLabel = "FOLDER",
            description = {
                "a file for each secret that the lock names; without it they are variables",
                "of the environment: redis.password is REDIS_PASSWORD"
            })
    private Optional<Path> folder = Optional.empty();

    boolean isGiven() {
        return lock.isPresent();
    }

    /** What the lock binds; the caller's to close. */
    Optional<Bindings> open(ClassLoader loader, Console console) {
        return lock.map(file ->
                Bindings.of(
                        BindingsLock.parse(file, FlowsOption.bytes(file, console)),
                        FlowsOption.kinds(loader),
                        this::secret));
    }

    private Optional<Secret> secret(String name) {
        SecretVault vault =
                folder.map(place -> SecretVault.files("secrets", place))
                        .orElseGet(() -> SecretVault.environment("secrets", System.getenv(), ""));
        try {
            return Optional.of(vault.secret(name));
        } catch (SecretException e) {
            if (e.fault() == SecretFault.UNKNOWN_NAME) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
