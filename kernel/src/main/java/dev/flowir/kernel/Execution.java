package dev.flowir.kernel;

/**
 * How flows that only compute are run; all others need the machine. What anybody can observe is the
 * same in each: results, failures, the order of bodies, deadlines. The system property {@value
 * #PROPERTY} names another default than {@link #ADAPTIVE}, in any case of letters.
 */
public enum Execution {
    /** Step by step; compiled once a flow has run often. */
    ADAPTIVE,
    /**
     * Compiled before it first runs, unless the flow is too long: to a class on Java 24 or later,
     * to a chain of method handles before.
     */
    COMPILED,
    /** A chain of method handles on any Java: to compare, or to find a fault. */
    CHAINED,
    /** Step by step, always: no class is made at run time. */
    STEPWISE,
    /** Through the machine, as flows that do more than compute: to compare, or to find a fault. */
    MACHINE;

    /** Name of the system property that sets the default. */
    public static final String PROPERTY = "flowir.execution";

    /**
     * {@return what the system property says, else {@link #ADAPTIVE}}
     *
     * @throws IllegalArgumentException when the property names none of these
     */
    static Execution byDefault() {
        String named = System.getProperty(PROPERTY, ADAPTIVE.name());
        for (Execution one : values()) {
            if (one.name().equalsIgnoreCase(named)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "system property "
                        + PROPERTY
                        + " is '"
                        + named
                        + "', not one of ADAPTIVE, COMPILED, CHAINED, STEPWISE, MACHINE");
    }
}
