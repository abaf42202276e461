package dev.flowir.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * What every provider of durable objects keeps. The numbers DO-01 to DO-36 are those of
 * Cloudflare's Durable Objects as documentation and source state their behaviour; from DO-101 on
 * they are ours, and AG numbers are those of its Agents. Redeployment (DO-37) is not here.
 */
public final class ObjectContract {

    private ObjectContract() {}

    /**
     * The contract.
     *
     * @return its rules
     */
    public static Contract<ObjectBench> rules() {
        List<Rule<ObjectBench>> rules = new ArrayList<>();
        rules.addAll(ObjectTurnRules.rules());
        rules.addAll(ObjectCallRules.rules());
        rules.addAll(ObjectGateRules.rules());
        rules.addAll(ObjectStorageRules.rules());
        rules.addAll(ObjectSqlRules.rules());
        rules.addAll(ObjectSizeRules.rules());
        rules.addAll(ObjectPastRules.rules());
        rules.addAll(ObjectAlarmRules.rules());
        rules.addAll(ObjectSocketRules.rules());
        rules.addAll(AgentRules.rules());
        rules.addAll(AgentTaskRules.rules());
        rules.addAll(AgentRunRules.rules());
        return new Contract<>("durable object", rules);
    }
}
