package dev.flowir.ir.check;

import java.util.Collection;
import java.util.Map;

/** Finds elements of a flow in the text that the flow came from. */
@FunctionalInterface
public interface SourceMap {

    /**
     * The positions of {@code pointers}, each JSON pointer with its own. A pointer to something
     * that the text does not spell out gets the position of the nearest element around it.
     */
    Map<String, Position> locate(Collection<String> pointers);
}
