package dev.flowir.kernel.cap;

import java.util.List;

/**
 * Kinds of providers that a module brings, found through {@link java.util.ServiceLoader}: what a
 * deployment's bindings can name.
 */
public interface ProviderKinds {

    /** {@return kinds of providers} */
    List<ProviderKind> providers();

    /** {@return kinds of wrappers; none unless overridden} */
    default List<IsolationKind> wrappers() {
        return List.of();
    }
}
