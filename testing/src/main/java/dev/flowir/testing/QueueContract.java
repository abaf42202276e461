package dev.flowir.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * What every broker keeps. The numbers are those of Cloudflare Queues' behaviour as
 * its documentation and source state it; from Q-101 on they are ours. Rules that need durable
 * objects or promises are not here.
 */
public final class QueueContract {

    private QueueContract() {}

    /**
     * The contract.
     *
     * @return its rules
     */
    public static Contract<QueueBench> rules() {
        List<Rule<QueueBench>> rules = new ArrayList<>();
        rules.addAll(QueueDeliveryRules.rules());
        rules.addAll(QueueAckRules.rules());
        rules.addAll(QueueRetryRules.rules());
        rules.addAll(QueueSendRules.rules());
        rules.addAll(QueueBoundRules.rules());
        rules.addAll(QueueControlRules.rules());
        rules.addAll(QueueRedriveRules.rules());
        rules.addAll(QueueLeaseRules.rules());
        rules.addAll(QueueCrashRules.rules());
        rules.addAll(QueueHistoryRules.rules());
        return new Contract<>("queue", rules);
    }
}
