package dev.flowir.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * What every provider of durable objects keeps. The numbers DO-01 to DO-36 are those of
 * Cloudflare's Durable Objects as documentation and source state their behaviour; from DO-101 on
 * they are ours. Sockets (DO-29 to DO-33) and redeployment (DO-37) are not here.
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
        rules.addAll(ObjectAlarmRules.rules());
        return new Contract<>("durable object", rules);
    }
}
