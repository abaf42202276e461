package dev.flowir.kernel.journal;

import dev.flowir.ir.Flow;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Token;
import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.exec.Failures;
import dev.flowir.kernel.exec.Prepared;
import dev.flowir.kernel.machine.Outcome;
import java.util.Optional;

/** A flow as drivers on a JVM have it. */
record PreparedFlow(Prepared prepared, Capabilities capabilities) implements DrivenFlow {

    @Override
    public Flow<?, ?> flow() {
        return prepared.flow();
    }

    @Override
    public Plan plan() {
        return prepared.plan();
    }

    @Override
    public NodeBody body(int node) {
        return prepared.body(node);
    }

    @Override
    public Optional<CapabilityProvider> provider(int node, Token<?> token) {
        return Optional.ofNullable(prepared.provider(node, token, capabilities));
    }

    @Override
    public Optional<Failure> failure(Outcome outcome) {
        return Failures.of(outcome, prepared, "");
    }
}
