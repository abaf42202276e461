package dev.flowir.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * What logs keep ({@code dev.flowir.object.log}) on every provider of durable objects: append-only,
 * state that follows from events, subscribers and clients without a gap, archives that replay.
 */
public final class LogContract {

    private LogContract() {}

    /**
     * The contract.
     *
     * @return its rules
     */
    public static Contract<ObjectBench> rules() {
        List<Rule<ObjectBench>> rules = new ArrayList<>();
        rules.addAll(LogAppendRules.rules());
        rules.addAll(LogPurityRules.rules());
        rules.addAll(LogFollowRules.rules());
        rules.addAll(LogArchiveRules.rules());
        rules.addAll(LogWireRules.rules());
        rules.addAll(LogSocketRules.rules());
        return new Contract<>("log of an object", rules);
    }
}
