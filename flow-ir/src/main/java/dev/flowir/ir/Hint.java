package dev.flowir.ir;

import java.util.Optional;

/**
 * What a hint demands of the node that carries it.
 *
 * <p>The demand holds for every hint that starts with {@link #id} as plain text; there is no
 * boundary at {@code ::}.
 *
 * @param id for example {@code resource::kv::read}
 * @param effectMinimum the least permissive effects a node with this effect hint may declare
 * @param determinismMinimum the least permissive determinism a node with this determinism hint may
 *     declare
 */
public record Hint(
        String id, Optional<Effects> effectMinimum, Optional<Determinism> determinismMinimum) {

    /**
     * A demand on effects only.
     *
     * @param id what hints start with
     * @param minimum the least permissive effects
     * @return the demand
     */
    public static Hint effects(String id, Effects minimum) {
        return new Hint(id, Optional.of(minimum), Optional.empty());
    }

    /**
     * A demand on determinism only.
     *
     * @param id what hints start with
     * @param minimum the least permissive determinism
     * @return the demand
     */
    public static Hint determinism(String id, Determinism minimum) {
        return new Hint(id, Optional.empty(), Optional.of(minimum));
    }
}
