package dev.flowir.durable;

import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Token;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.PinnedFlow;
import java.time.Duration;
import java.util.List;

/**
 * Whether edges that ask for {@code exactly_once} lead into steps that can keep it: those that only
 * compute, those that are one transaction with their record, and those all of whose writes are
 * recognised by their idempotency key when they come again. Everything else is refused.
 */
final class ExactlyOnce {

    private final PinnedFlow flow;
    private final Versions versions;

    private ExactlyOnce(PinnedFlow flow, Versions versions) {
        this.flow = flow;
        this.versions = versions;
    }

    /**
     * Refuses a flow whose edges ask for what cannot be kept.
     *
     * @throws FlowFailedException with the code of the first edge
     */
    static void ensure(PinnedFlow flow, Versions versions) {
        ExactlyOnce here = new ExactlyOnce(flow, versions);
        for (EdgeDefinition edge : flow.plan().definition().edges()) {
            int target = flow.plan().indexOf(edge.to());
            if (edge.delivery() == Delivery.EXACTLY_ONCE && !flow.plan().node(target).inline()) {
                here.ensure(edge, target);
            }
        }
    }

    private void ensure(EdgeDefinition edge, int target) {
        List<Token<?>> tokens = flow.tokens(target);
        if (tokens.isEmpty()) {
            throw refused(JournalFault.EXACTLY_ONCE, edge, "says nothing of what it uses");
        }
        for (Token<?> token : tokens) {
            CapabilityProvider provider = flow.provider(target, token).orElseThrow();
            if (provider instanceof DedupeProvider dedupe) {
                ensureRemembered(edge, target, dedupe);
            }
            if (!versions.commitsTogether(flow, target) && token instanceof WriteToken<?>) {
                ensureRecognised(edge, token, provider);
            }
        }
    }

    private void ensureRecognised(
            EdgeDefinition edge, Token<?> token, CapabilityProvider provider) {
        if (provider.descriptor().guarantees().contains(Guarantee.IDEMPOTENT_BY_KEY)) {
            return;
        }
        if (versions.isInStore(provider)) {
            throw refused(
                    JournalFault.NOT_TOGETHER,
                    edge,
                    "writes through "
                            + token
                            + " into the store of the journal and elsewhere too, so the two do not"
                            + " commit together; give each a node of its own");
        }
        throw refused(
                JournalFault.EXACTLY_ONCE,
                edge,
                "writes through "
                        + token
                        + " ("
                        + provider.kind()
                        + "), which is not in the store of the journal and does not promise to"
                        + " recognise a repeat by its idempotency key; use at_least_once and hand"
                        + " the key to it");
    }

    private void ensureRemembered(EdgeDefinition edge, int target, DedupeProvider dedupe) {
        NodeDefinition node = flow.plan().definition().nodes().get(target);
        Duration asked = Duration.ofMillis(node.idempotency().ttlMillis().orElse(0));
        if (dedupe.kept().compareTo(asked) < 0) {
            throw refused(
                    JournalFault.FORGETS_EARLY,
                    edge,
                    "asks for keys to be remembered for "
                            + asked
                            + ", and '"
                            + dedupe.binding()
                            + "' forgets them after "
                            + dedupe.kept());
        }
    }

    private static FlowFailedException refused(
            JournalFault fault, EdgeDefinition edge, String why) {
        return new FlowFailedException(
                new Failure.InvalidFlow(
                        fault.code(),
                        List.of(
                                "edge "
                                        + edge.from()
                                        + " -> "
                                        + edge.to()
                                        + " asks for exactly_once, but '"
                                        + edge.to()
                                        + "' "
                                        + why)));
    }
}
