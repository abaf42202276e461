package dev.flowir.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * What every host of flows keeps: the same request gets the same answer, to the byte. Compared are
 * the status, the text, and every header that the server did not add by itself.
 */
public final class HostContract {

    private HostContract() {}

    /** {@return the rules HOST-01 and on, of hosts that serve {@link HostFlows}} */
    public static Contract<HostBench> rules() {
        return new Contract<>(
                "hosts",
                Stream.of(
                                HostAnswerRules.all(),
                                HostRefusalRules.all(),
                                HostEndRules.all(),
                                HostSlowRules.all(),
                                HostRemoteRules.all())
                        .flatMap(List::stream)
                        .toList());
    }
}
