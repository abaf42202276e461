package dev.flowir.kernel.exec;

import dev.flowir.ir.ChoiceArms;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Branches over a sealed type have an arm for each type that it permits. Needs reflection, so it is
 * checked on the JVM only; elsewhere an item without an arm fails its node.
 */
final class SealedArms {

    /** Code of a branch that misses an arm. */
    static final String CODE = "CHOICE101";

    private SealedArms() {}

    static Optional<Failure> missing(Flow<?, ?> flow) {
        List<String> lines = new ArrayList<>();
        for (ChoiceArms choice : flow.choices()) {
            List<String> uncovered = new ArrayList<>();
            collect(choice.type(), choice, uncovered);
            if (!uncovered.isEmpty()) {
                lines.add(
                        CODE
                                + ": the branch on '"
                                + choice.source()
                                + "' over "
                                + choice.type().getSimpleName()
                                + " at "
                                + choice.site()
                                + " has no arm for "
                                + String.join(", ", uncovered)
                                + "; add .on("
                                + uncovered.get(0)
                                + ".class, …)");
            }
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Failure.InvalidFlow(CODE, lines));
    }

    /** The types below {@code type} that can occur and that no arm takes. */
    private static void collect(Class<?> type, ChoiceArms choice, List<String> uncovered) {
        for (Class<?> arm : choice.arms()) {
            if (arm.isAssignableFrom(type)) {
                return;
            }
        }
        if (!type.isSealed()) {
            uncovered.add(type.getSimpleName());
            return;
        }
        boolean instantiable =
                !type.isInterface() && !java.lang.reflect.Modifier.isAbstract(type.getModifiers());
        if (instantiable) {
            uncovered.add(type.getSimpleName());
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            collect(permitted, choice, uncovered);
        }
    }
}
