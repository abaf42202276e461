package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Token;
import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.journal.DrivenFlow;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Outcome;
import java.util.Optional;

/** A flow of the edge, as durable runs drive it. */
record EdgeDriven(EdgePlan prepared) implements DrivenFlow {

    private static final EdgeLimit NO_LIMIT = new EdgeLimit(MachineSettings.NO_DEADLINE, false);

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
        return prepared.provider(node, token);
    }

    @Override
    public Optional<Failure> failure(Outcome outcome) {
        return EdgeFailures.of(outcome, prepared, NO_LIMIT, "", "");
    }
}
