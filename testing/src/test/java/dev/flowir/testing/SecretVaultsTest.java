package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.secret.SecretVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** All vaults keep the contract. */
class SecretVaultsTest {

    /** A bench of a vault, and of how to change it. */
    static SecretBench bench(
            CapabilityProvider vault, BiConsumer<String, String> plant, Consumer<String> remove) {
        return new SecretBench() {
            @Override
            public CapabilityProvider provider() {
                return vault;
            }

            @Override
            public void plant(String name, String text) {
                plant.accept(name, text);
            }

            @Override
            public void remove(String name) {
                remove.accept(name);
            }
        };
    }

    @Nested
    class Memory extends SecretContractTest {
        @Override
        protected SecretBench open(TestClock clock) {
            Map<String, Secret> texts = new ConcurrentHashMap<>();
            return bench(
                    SecretVault.memory("vault", texts),
                    (name, text) -> texts.put(name, Secret.of(text)),
                    texts::remove);
        }
    }

    @Nested
    class Environment extends SecretContractTest {
        @Override
        protected SecretBench open(TestClock clock) {
            Map<String, String> variables = new ConcurrentHashMap<>();
            return bench(
                    SecretVault.environment("vault", variables, "APP_"),
                    (name, text) -> variables.put(variable(name), text),
                    name -> variables.remove(variable(name)));
        }

        private static String variable(String name) {
            return "APP_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        }
    }

    @Nested
    class InFiles extends SecretContractTest {
        @TempDir private Path parent;

        @Override
        protected SecretBench open(TestClock clock) throws IOException {
            Path folder = Files.createTempDirectory(parent, "secrets");
            CapabilityProvider vault = SecretVault.files("vault", folder);
            return new SecretBench() {
                @Override
                public CapabilityProvider provider() {
                    return vault;
                }

                @Override
                public void plant(String name, String text) throws IOException {
                    Files.writeString(folder.resolve(name), text + "\n");
                }

                @Override
                public void remove(String name) throws IOException {
                    Files.delete(folder.resolve(name));
                }
            };
        }
    }
}
