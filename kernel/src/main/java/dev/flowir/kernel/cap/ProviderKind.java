package dev.flowir.kernel.cap;

import java.util.List;
import java.util.function.Function;

/**
 * A kind of provider that a deployment can name in its bindings, for example {@code kv.sqlite}.
 *
 * @param kind its name: the capability, a dot, where it is
 * @param provides the start of all hints that its providers satisfy, for example {@code
 *     resource::kv}
 * @param about what it is, for people: a line
 * @param connect settings that say where something is and who asks
 * @param config settings that say how it behaves
 * @param opener opens a provider that is bound as {@link Provision#binding()}. What it stands on is
 *     {@link Provision#shared}; a provider that is {@link AutoCloseable} is {@link Provision#own}
 */
public record ProviderKind(
        String kind,
        String provides,
        String about,
        List<Setting> connect,
        List<Setting> config,
        Function<Provision, CapabilityProvider> opener) {

    /** Keeps copies, and refuses a name without a dot. */
    public ProviderKind {
        connect = List.copyOf(connect);
        config = List.copyOf(config);
        if (kind.indexOf('.') < 1 || !provides.startsWith("resource::")) {
            throw new IllegalArgumentException(
                    "a kind is <capability>.<place> and provides a resource, not "
                            + kind
                            + " and "
                            + provides);
        }
    }

    /** {@return the capability that its name begins with} */
    public String capability() {
        return kind.substring(0, kind.indexOf('.'));
    }
}
