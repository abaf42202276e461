package dev.flowir.ir.check;

import java.util.Collection;
import java.util.Map;

/** Finds elements of a flow in the text that the flow came from. */
@FunctionalInterface
public interface SourceMap {

    /**
     * Finds elements. A pointer to something that the text does not spell out gets the position of
     * the nearest element around it.
     *
     * @param pointers JSON pointers into the flow's document
     * @return the position of each
     */
    Map<String, Position> locate(Collection<String> pointers);
}
