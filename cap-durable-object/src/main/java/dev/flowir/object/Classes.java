package dev.flowir.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classes that a space was opened with, and the ids of their objects. */
final class Classes {

    private final String binding;
    private final Map<String, ObjectClass<?>> byName = new LinkedHashMap<>();
    private final Map<String, Ids> ids = new LinkedHashMap<>();

    Classes(String binding, List<ObjectClass<?>> classes, ObjectLimits limits) {
        this.binding = binding;
        for (ObjectClass<?> type : classes) {
            if (byName.put(type.name(), type) != null) {
                throw new IllegalArgumentException("two classes are called " + type.name());
            }
            ids.put(type.name(), new Ids(binding + "/" + type.name(), limits.maxNameBytes()));
        }
    }

    Ids ids(ObjectClass<?> type) {
        Ids known = ids.get(type.name());
        if (known == null || !type.equals(byName.get(type.name()))) {
            throw new ObjectException(
                    ObjectFault.UNKNOWN_CLASS,
                    "the space '"
                            + binding
                            + "' was opened without this class '"
                            + type.name()
                            + "'; it has "
                            + byName.keySet());
        }
        return known;
    }

    Optional<ObjectClass<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
