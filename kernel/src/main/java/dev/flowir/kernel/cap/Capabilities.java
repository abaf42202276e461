package dev.flowir.kernel.cap;

import dev.flowir.ir.Requirement;
import dev.flowir.ir.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The capabilities that a runtime has: providers under their names. Immutable. */
public final class Capabilities {

    private static final Capabilities NONE = new Capabilities(List.of());

    private final List<CapabilityProvider> providers;

    private Capabilities(List<CapabilityProvider> providers) {
        this.providers = List.copyOf(providers);
    }

    /** {@return no capability at all} */
    public static Capabilities none() {
        return NONE;
    }

    /**
     * These providers.
     *
     * @param providers the providers
     * @return the capabilities
     * @throws IllegalArgumentException when two serve the same hint under the same name
     */
    public static Capabilities of(CapabilityProvider... providers) {
        return none().with(providers);
    }

    /**
     * These and further providers.
     *
     * @param more further providers
     * @return the capabilities
     * @throws IllegalArgumentException when two serve the same hint under the same name
     */
    public Capabilities with(CapabilityProvider... more) {
        List<CapabilityProvider> all = new ArrayList<>(providers);
        for (CapabilityProvider next : more) {
            for (CapabilityProvider old : all) {
                for (String hint : next.hints()) {
                    if (old.binding().equals(next.binding()) && old.hints().contains(hint)) {
                        throw new IllegalArgumentException(
                                old.kind()
                                        + " and "
                                        + next.kind()
                                        + " both serve "
                                        + hint
                                        + " under '"
                                        + next.binding()
                                        + "'; bind one of them under another name");
                    }
                }
            }
            all.add(next);
        }
        return new Capabilities(all);
    }

    /** {@return the providers in the order they were given} */
    public List<CapabilityProvider> providers() {
        return providers;
    }

    /**
     * The provider that serves {@code token}: same binding, all its effect hints.
     *
     * @param token what is asked for
     * @return the provider
     */
    public Optional<CapabilityProvider> find(Token<?> token) {
        for (CapabilityProvider provider : providers) { // each attempt asks: no stream for it
            if (provider.binding().equals(token.binding())
                    && provider.hints().containsAll(token.effectHints())) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    /**
     * What is missing, found before anything runs: hints without a provider, tokens without a
     * binding of their name, and bindings that do not meet what a token requires: present but
     * incompatible.
     *
     * @param hints effect hints of all nodes; only those starting {@code resource::} count
     * @param tokens tokens of all nodes
     * @return what is missing, sorted, without repeats; empty means that the flow can run. A line
     *     is a bare hint, {@code <hint> (no binding '<name>')} or {@code <hint> (<kind> '<name>'
     *     lacks <requirement>)}
     */
    public List<String> missing(Collection<String> hints, Collection<Token<?>> tokens) {
        Set<String> lines = new TreeSet<>();
        for (String hint : hints) {
            if (hint.startsWith("resource::")
                    && providers.stream().noneMatch(p -> p.hints().contains(hint))) {
                lines.add(hint);
            }
        }
        for (Token<?> token : tokens) {
            String hint =
                    token.effectHints().isEmpty() ? token.capability() : token.effectHints().get(0);
            Optional<CapabilityProvider> found = find(token);
            if (found.isEmpty()) {
                if (!lines.contains(hint)) {
                    lines.add(hint + " (no binding '" + token.binding() + "')");
                }
                continue;
            }
            for (Requirement asked : token.requirements()) {
                if (!found.get().descriptor().meets(asked)) {
                    lines.add(
                            hint
                                    + " ("
                                    + found.get().kind()
                                    + " '"
                                    + token.binding()
                                    + "' lacks "
                                    + asked.wire()
                                    + ")");
                }
            }
        }
        return List.copyOf(lines);
    }
}
