package dev.flowir.object.agent;

/**
 * The numbers of agents.
 *
 * @param maxEvents most events kept for clients that come back; older ones go (1000, ours)
 */
public record AgentLimits(int maxEvents) {

    private static final AgentLimits DEFAULT = new AgentLimits(1000);

    /** Refuses bounds below 1. */
    public AgentLimits {
        if (maxEvents < 1) {
            throw new IllegalArgumentException("bounds of agents are at least 1");
        }
    }

    /** {@return the numbers named above} */
    public static AgentLimits defaults() {
        return DEFAULT;
    }
}
