package dev.flowir.ir.json;

import dev.flowir.ir.JsonValue;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code @type} may say for a sealed type. */
final class SealedTypes {

    static final String DISCRIMINATOR = "@type";

    private SealedTypes() {}

    /** True when values of the type carry {@link #DISCRIMINATOR}. */
    static boolean isTagged(Class<?> raw) {
        // an enum whose constants have bodies is sealed too, but is written by its name
        return raw.isSealed()
                && !Enum.class.isAssignableFrom(raw)
                && !JsonValue.class.isAssignableFrom(raw);
    }

    /** The classes that values of a sealed type can have, in the order of the source. */
    static List<Class<?>> leaves(Class<?> raw) {
        List<Class<?>> found = new ArrayList<>();
        collect(raw, found);
        return found;
    }

    /** The names that {@code @type} may have, in the order of the source. */
    static List<String> names(Class<?> raw) {
        return leaves(raw).stream().<String>map(Class::getSimpleName).toList();
    }

    static void refuseAmbiguousNames(Class<?> raw) {
        if (!isTagged(raw)) {
            return;
        }
        Map<String, Class<?>> byName = new HashMap<>();
        for (Class<?> leaf : leaves(raw)) {
            Class<?> other = byName.putIfAbsent(leaf.getSimpleName(), leaf);
            if (other != null) {
                throw new IllegalArgumentException(
                        raw.getName()
                                + " permits both "
                                + other.getName()
                                + " and "
                                + leaf.getName()
                                + ", which "
                                + DISCRIMINATOR
                                + " cannot tell apart; rename one");
            }
        }
    }

    private static void collect(Class<?> raw, List<Class<?>> found) {
        boolean concrete = !raw.isInterface() && !Modifier.isAbstract(raw.getModifiers());
        if (concrete && !found.contains(raw)) {
            found.add(raw);
        }
        if (raw.isSealed() && !Enum.class.isAssignableFrom(raw)) {
            for (Class<?> permitted : raw.getPermittedSubclasses()) {
                collect(permitted, found);
            }
        }
    }
}
