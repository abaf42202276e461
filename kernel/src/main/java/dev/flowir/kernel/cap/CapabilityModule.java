package dev.flowir.kernel.cap;

import dev.flowir.ir.Hint;
import dev.flowir.ir.HintTable;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What a capability module says about itself, found through {@link ServiceLoader}: the hints that
 * its tokens carry and what they demand of nodes. A module whose hints the checker knows anyway
 * need not have one.
 */
public interface CapabilityModule {

    /** {@return the kind of capability, as tokens name it, for example {@code kv}} */
    String capability();

    /** {@return what the module's hints demand of a node's effects and determinism} */
    List<Hint> constraints();

    /**
     * {@return the effect hints that a provider of this module can satisfy: those that {@link
     * #constraints()} names, unless overridden}
     */
    default List<String> bindable() {
        return constraints().stream()
                .filter(hint -> hint.effectMinimum().isPresent())
                .map(Hint::id)
                .toList();
    }

    /**
     * Adds what every module that is present says.
     *
     * @param base the table to start from, usually {@link HintTable#FULL}
     * @param loader where modules are looked for
     * @return the table with the modules' hints
     */
    static HintTable hints(HintTable base, ClassLoader loader) {
        HintTable table = base;
        for (CapabilityModule module : ServiceLoader.load(CapabilityModule.class, loader)) {
            for (Hint hint : module.constraints()) {
                table = table.with(hint);
            }
            for (String id : module.bindable()) {
                table = table.withBindable(id);
            }
        }
        return table;
    }
}
