package dev.flowir.object;

import java.util.List;

/**
 * Classes of objects that an application brings, found through {@link java.util.ServiceLoader}:
 * where a deployment's bindings say which store their objects live in, this says which classes.
 */
public interface ObjectClasses {

    /** {@return the name that tokens ask for the objects by} */
    String binding();

    /** {@return all classes of objects that live under it} */
    List<ObjectClass<?>> classes();
}
