package dev.flowir.ir;

import java.util.List;

/**
 * A token whose handle only reads.
 *
 * @param <H> interface that the body receives
 */
public final class ReadToken<H> extends Token<H> {

    private ReadToken(
            String capability,
            String binding,
            Class<H> handle,
            List<String> effectHints,
            List<String> determinismHints,
            List<Requirement> requirements) {
        super(capability, binding, handle, effectHints, determinismHints, requirements);
    }

    /**
     * {@return a token for {@code binding} of a capability}
     *
     * @param <H> what the body uses
     * @param capability kind, for example {@code kv}
     * @param binding name that a deployment binds
     * @param handle interface that the body receives
     * @param effectHint what preflight looks for, for example {@code resource::kv::read}
     * @param determinismHint what lowers determinism, for example {@code resource::kv}
     */
    public static <H> ReadToken<H> of(
            String capability,
            String binding,
            Class<H> handle,
            String effectHint,
            String determinismHint) {
        return new ReadToken<>(
                capability,
                binding,
                handle,
                List.of(effectHint),
                List.of(determinismHint),
                List.of());
    }

    /**
     * {@return the same token, asking the provider for one more guarantee}
     *
     * @param guarantee what the provider must give
     */
    public ReadToken<H> requiring(Guarantee guarantee) {
        return requiring(Requirement.of(guarantee));
    }

    /**
     * {@return the same token, asking more of the provider}
     *
     * @param requirement what the provider must meet
     */
    public ReadToken<H> requiring(Requirement requirement) {
        return new ReadToken<>(
                capability(),
                binding(),
                handle(),
                effectHints(),
                determinismHints(),
                requirementsWith(requirement));
    }

    @Override
    public Effects effects() {
        return Effects.READ_ONLY;
    }
}
