package dev.flowir.examples.imagepipeline;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import java.time.Duration;

/** The flow that organizations had before there were pictures: somebody is asked, and answers. */
final class Approval {

    /** What may be answered. */
    enum Decision {
        /** Go on. */
        APPROVED,
        /** Stop. */
        REJECTED,
        /** Nobody answered in seven days. */
        EXPIRED
    }

    /**
     * What is asked.
     *
     * @param organizationId who asks
     * @param title what for
     */
    record Request(String organizationId, String title) {}

    private static final Node<Request, Decision> ASK =
            Waits.approval(
                    "approval",
                    Request.class,
                    Decision.class,
                    Duration.ofDays(7),
                    Decision.EXPIRED);

    /** The flow. */
    static final Flow<Request, Decision> FLOW =
            Flow.define(
                    "organization-approval",
                    ClassificationFlow.VERSION,
                    Request.class,
                    (g, request) -> g.then(request, ASK));

    private Approval() {}
}
