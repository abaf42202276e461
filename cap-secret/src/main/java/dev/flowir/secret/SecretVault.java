package dev.flowir.secret;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Secrets under names, bound under one name: the provider of {@link Secrets}' tokens. A name is
 * looked up for each use, so that a secret can be changed while flows run. Thread-safe.
 */
public final class SecretVault implements CapabilityProvider, SecretReader {

    private static final int MOST_NAME = 128;
    private static final int MOST_BYTES = 64 << 10;

    /** Where the texts are. */
    @FunctionalInterface
    private interface Source {
        Optional<String> text(String name) throws IOException;
    }

    private final String kind;
    private final String binding;
    private final Source source;

    private SecretVault(String kind, String binding, Source source) {
        this.kind = kind;
        this.binding = binding;
        this.source = source;
    }

    /**
     * Secrets that the caller has. The map is looked into for each use.
     *
     * @param binding name that tokens ask for
     * @param texts secrets by name; one that others change must be thread-safe
     * @return the vault
     */
    public static SecretVault memory(String binding, Map<String, Secret> texts) {
        return new SecretVault(
                "secret.memory",
                binding,
                name -> Optional.ofNullable(texts.get(name)).map(Secret::reveal));
    }

    /**
     * Secrets from environment variables. The secret {@code payments.key} is the variable {@code
     * PAYMENTS_KEY} behind the prefix.
     *
     * @param binding name that tokens ask for
     * @param variables usually {@link System#getenv()}
     * @param prefix what the variables' names begin with, for example {@code APP_SECRET_}
     * @return the vault
     */
    public static SecretVault environment(
            String binding, Map<String, String> variables, String prefix) {
        return new SecretVault(
                "secret.environment",
                binding,
                name -> Optional.ofNullable(variables.get(prefix + variable(name))));
    }

    /**
     * The variable that a secret is in, without a prefix.
     *
     * @param name name of a secret, for example {@code payments.key}
     * @return for example {@code PAYMENTS_KEY}
     */
    public static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * Secrets from files, one for each, as containers mount them. A line end at the end is not part
     * of the secret.
     *
     * @param binding name that tokens ask for
     * @param folder holds a file for each secret, called like it
     * @return the vault
     */
    public static SecretVault files(String binding, Path folder) {
        return new SecretVault("secret.files", binding, name -> read(folder.resolve(name)));
    }

    /**
     * Secrets that something else keeps. Uses only what an edge isolate has, too.
     *
     * @param kind for example {@code secret.edge}
     * @param binding name that tokens ask for
     * @param remote who keeps them
     * @return the vault
     */
    public static SecretVault remote(String kind, String binding, SecretRemote remote) {
        return new SecretVault(kind, binding, remote::text);
    }

    private static Optional<String> read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return Optional.of(text.replaceFirst("\\r?\\n\\z", ""));
    }

    @Override
    public Secret secret(String name) {
        if (!isName(name)) {
            throw new SecretException(
                    SecretFault.BAD_NAME,
                    "a secret's name is 1 to 128 letters, digits, '.', '_' and '-', beginning with"
                            + " a letter or digit");
        }
        Optional<String> text;
        try {
            text = source.text(name);
        } catch (CharacterCodingException e) {
            throw unreadable(name, "it is no UTF-8");
        } catch (IOException e) {
            throw unreadable(name, e.getClass().getSimpleName() + "; check who may read it");
        }
        if (text.isEmpty()) {
            throw new SecretException(
                    SecretFault.UNKNOWN_NAME,
                    kind + " '" + binding + "' has no secret '" + name + "'; add it there");
        }
        if (text.get().isEmpty() || text.get().length() > MOST_BYTES) {
            throw unreadable(name, "it is empty, or longer than 64 KiB");
        }
        return Secret.of(text.get());
    }

    private SecretException unreadable(String name, String why) {
        return new SecretException(
                SecretFault.UNREADABLE,
                "secret '" + name + "' of " + kind + " '" + binding + "' cannot be used: " + why);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_NAME
                && isLetterOrDigit(name.charAt(0))
                && name.chars().allMatch(c -> isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /**
     * A secret that is looked up each time, for what other capabilities are opened with.
     *
     * @param name its name
     * @return gives it, or throws what {@link #secret} throws
     */
    public Supplier<Secret> supplying(String name) {
        return () -> secret(name);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Secrets.READ_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                Descriptor.Durability.NONE,
                Descriptor.Ttl.NONE,
                Descriptor.Order.NONE,
                Set.of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        SecretReader reader = name -> secret(name); // and nothing else of the vault
        return token.handle().cast(reader);
    }
}
