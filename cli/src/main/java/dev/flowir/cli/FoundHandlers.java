package dev.flowir.cli;

import dev.flowir.ir.Handlers;
import dev.flowir.ir.NodeBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The built-in handlers, then those of every {@link Handlers} service on the class path. */
final class FoundHandlers implements Handlers {

    private final List<Handlers> all = new ArrayList<>();

    FoundHandlers(ClassLoader loader) {
        all.add(new BuiltInHandlers());
        try {
            ServiceLoader.load(Handlers.class, loader).forEach(all::add);
        } catch (ServiceConfigurationError broken) {
            throw new RefusedCommand("a provider of handlers is broken: " + broken.getMessage());
        }
    }

    @Override
    public Optional<NodeBody> find(String identifier) {
        for (Handlers handlers : all) {
            Optional<NodeBody> found = handlers.find(identifier);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
