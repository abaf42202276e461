package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * A typed request for a capability: the value that a node definition carries and the key to the
 * handle that its body receives. A token knows what using the handle means: its hints, and the
 * least effects and determinism that a node must declare to use it.
 *
 * <p>A {@link ReadToken} can be given to any node that may read, a {@link WriteToken} only to
 * effectful ones: a node that asks for a reader cannot compile a write.
 *
 * @param <H> interface that the body receives
 */
@SuppressWarnings("UnusedTypeParameter") // the parameter is the point: it types handles
public abstract sealed class Token<H> permits ReadToken, WriteToken {

    private final String capability;
    private final String binding;
    private final Class<H> handle;
    private final List<String> effectHints;
    private final List<String> determinismHints;
    private final List<Requirement> requirements;

    Token(
            String capability,
            String binding,
            Class<H> handle,
            List<String> effectHints,
            List<String> determinismHints,
            List<Requirement> requirements) {
        this.capability = capability;
        this.binding = binding;
        this.handle = handle;
        this.effectHints = List.copyOf(effectHints);
        this.determinismHints = List.copyOf(determinismHints);
        this.requirements = List.copyOf(requirements);
    }

    /** {@return the kind of capability, for example {@code kv}} */
    public String capability() {
        return capability;
    }

    /** {@return the name that a deployment binds, for example {@code sessions}} */
    public String binding() {
        return binding;
    }

    /** {@return the interface that the body receives} */
    public Class<H> handle() {
        return handle;
    }

    /** {@return hints that raise effects; exact text is what preflight looks for} */
    public List<String> effectHints() {
        return effectHints;
    }

    /** {@return hints that lower determinism} */
    public List<String> determinismHints() {
        return determinismHints;
    }

    /** {@return what the bound provider must meet} */
    public List<Requirement> requirements() {
        return requirements;
    }

    /** {@return the least effects that a node using the handle must declare} */
    public abstract Effects effects();

    /** {@return the least determinism that a node using the handle must declare} */
    public Determinism determinism() {
        return determinismHints.isEmpty() ? Determinism.STRICT : Determinism.BEST_EFFORT;
    }

    final List<Requirement> requirementsWith(Requirement more) {
        if (requirements.contains(more)) {
            return requirements;
        }
        List<Requirement> all = new ArrayList<>(requirements);
        all.add(more);
        return all;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Token<?> that
                && capability.equals(that.capability)
                && binding.equals(that.binding)
                && handle == that.handle
                && effects() == that.effects()
                && requirements.equals(that.requirements);
    }

    @Override
    public final int hashCode() {
        return 31 * capability.hashCode() + binding.hashCode();
    }

    @Override
    public final String toString() {
        return capability + ":" + binding + " (" + effects().wire() + ")";
    }
}
