package dev.flowir.durable;

import dev.flowir.ir.Codecs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Token;
import dev.flowir.ir.Wait;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.host.NodePermits;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The flows that are loaded, several versions of each: what runs are pinned to. */
final class Versions {

    private final Capabilities capabilities;
    private final HintTable hints;
    private final Codecs codecs;
    private final Journal journal;
    private final Map<String, PinnedFlow> byHash = new ConcurrentHashMap<>();

    /** Which nodes of a flow commit with their record, as far as anybody has asked. */
    private final Map<PinnedFlow, @Nullable Boolean[]> together = new ConcurrentHashMap<>();

    /** How many bodies of nodes run at a time, of flows that say so. */
    private final Map<PinnedFlow, NodePermits> permits = new ConcurrentHashMap<>();

    Versions(Capabilities capabilities, HintTable hints, Codecs codecs, Journal journal) {
        this.capabilities = capabilities;
        this.hints = hints;
        this.codecs = codecs;
        this.journal = journal;
    }

    /**
     * Loads a flow.
     *
     * @throws FlowFailedException when it cannot run durably here
     */
    PinnedFlow load(Flow<?, ?> flow) {
        for (PinnedFlow known : byHash.values()) {
            if (isSame(known.flow(), flow)) {
                return known;
            }
        }
        return switch (PinnedFlow.of(flow, capabilities, hints, codecs, journal.large())) {
            case PinnedFlow.Refused refused -> throw new FlowFailedException(refused.failure());
            case PinnedFlow.Ready ready -> {
                ExactlyOnce.ensure(ready.flow(), this);
                byHash.put(ready.flow().hash(), ready.flow());
                loadChildren(ready.flow());
                yield ready.flow();
            }
        };
    }

    private void loadChildren(PinnedFlow flow) {
        for (int node = 0; node < flow.plan().nodeCount(); node++) {
            flow.waits(node).flatMap(Wait::flow).ifPresent(this::load);
        }
    }

    @SuppressWarnings("ReferenceEquality") // equal definitions may have other code behind them
    private static boolean isSame(Flow<?, ?> one, Flow<?, ?> other) {
        return one == other;
    }

    /** The plan that a run is pinned to: loaded as such, or carried by a later version. */
    PinnedFlow find(RunRow row) {
        PinnedFlow found = byHash.get(row.plan());
        if (found == null) {
            found = carried(row);
        }
        if (found == null) {
            throw new JournalException(
                    JournalFault.NOT_LOADED,
                    "run '"
                            + row.id()
                            + "' is pinned to flow '"
                            + row.flow()
                            + "' version "
                            + row.version()
                            + ", plan "
                            + row.plan()
                            + ", which is not loaded; add that flow to the runtime and resume it");
        }
        return found;
    }

    /** A later version with markers that was once what the run is pinned to; null for none. */
    private @Nullable PinnedFlow carried(RunRow row) {
        for (PinnedFlow later : List.copyOf(byHash.values())) {
            if (later.name().equals(row.flow())) {
                PinnedFlow was =
                        later.flow().asOf(row.version()).flatMap(this::pinned).orElse(null);
                if (was != null && was.hash().equals(row.plan())) {
                    byHash.put(was.hash(), was);
                    return was;
                }
            }
        }
        return null;
    }

    private Optional<PinnedFlow> pinned(Flow<?, ?> flow) {
        return PinnedFlow.of(flow, capabilities, hints, codecs, journal.large())
                        instanceof PinnedFlow.Ready ready
                ? Optional.of(ready.flow())
                : Optional.empty();
    }

    /** Whether what a capability writes is in the store of the journal. */
    boolean isInStore(CapabilityProvider provider) {
        return journal.commitsWith(provider);
    }

    /** How many bodies of the flow's nodes run at a time here; null when no node says. */
    @Nullable NodePermits permits(PinnedFlow flow) {
        return flow.plan().limited()
                ? permits.computeIfAbsent(flow, it -> NodePermits.of(it.plan()))
                : null;
    }

    /** Whether a step and all that it writes are one transaction of the journal. */
    boolean commitsTogether(PinnedFlow flow, int node) {
        @Nullable Boolean[] known =
                together.computeIfAbsent(flow, it -> new Boolean[it.plan().nodeCount()]);
        Boolean answer = known[node];
        if (answer == null) {
            answer = isTogether(flow, node); // the same, whoever finds it out
            known[node] = answer;
        }
        return answer;
    }

    private boolean isTogether(PinnedFlow flow, int node) {
        List<Token<?>> tokens = flow.tokens(node);
        return !tokens.isEmpty()
                && tokens.stream()
                        .allMatch(token ->
                                flow.provider(node, token).map(this::isInStore).orElse(false));
    }
}
