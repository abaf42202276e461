package dev.flowir.ir;

import java.util.List;

/**
 * A branch over a type: kept so that a check on the JVM can name the arms that are missing.
 *
 * @param source alias of the node whose output decides
 * @param type the type that is branched over
 * @param arms the types that have an arm
 * @param site where the branch was drawn
 */
public record ChoiceArms(String source, Class<?> type, List<Class<?>> arms, Site site) {

    /** Copies the list. */
    public ChoiceArms {
        arms = List.copyOf(arms);
    }
}
