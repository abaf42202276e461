package dev.flowir.kernel.journal;

import dev.flowir.ir.Flow;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Token;
import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.machine.Outcome;
import java.util.Optional;

/** A flow that a driver has checked and lowered, with what its nodes run and use. */
public interface DrivenFlow {

    /** {@return the flow} */
    Flow<?, ?> flow();

    /** {@return its plan} */
    Plan plan();

    /**
     * {@return what runs for a node}
     *
     * @param node its index
     */
    NodeBody body(int node);

    /**
     * {@return what serves {@code token} for {@code node}; empty when the node did not declare it}
     *
     * @param node its index
     * @param token what is asked for
     */
    Optional<CapabilityProvider> provider(int node, Token<?> token);

    /**
     * {@return the failure that an outcome is; empty when it is none}
     *
     * @param outcome how a run ended
     */
    Optional<Failure> failure(Outcome outcome);
}
