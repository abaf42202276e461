package dev.flowir.kernel.host;

import dev.flowir.ir.Handlers;
import dev.flowir.ir.NodeBody;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Brings handlers for flows that came as JSON, found through {@link ServiceLoader}. Each handler
 * has the identifier that nodes ask for.
 */
public interface HandlerProvider {

    /** {@return the handlers by identifier} */
    Map<String, NodeBody> handlers();

    /**
     * All handlers of all providers that are present.
     *
     * @param loader where providers are looked for
     * @return finds a handler by its identifier
     * @throws IllegalStateException when two providers bring the same identifier
     */
    static Handlers discover(ClassLoader loader) {
        Map<String, NodeBody> all = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (HandlerProvider provider : ServiceLoader.load(HandlerProvider.class, loader)) {
            String owner = provider.getClass().getName();
            provider.handlers()
                    .forEach((identifier, body) -> {
                        String other = owners.put(identifier, owner);
                        if (other != null) {
                            throw new IllegalStateException(
                                    "handler '"
                                            + identifier
                                            + "' is brought by "
                                            + other
                                            + " and by "
                                            + owner);
                        }
                        all.put(identifier, body);
                    });
        }
        return identifier -> Optional.ofNullable(all.get(identifier));
    }
}
