package dev.flowir.kernel.journal;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Token;
import dev.flowir.ir.Type;
import dev.flowir.ir.Wait;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanNode;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.exec.Preparation;
import dev.flowir.kernel.machine.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A flow that durable runs can be pinned to: checked, lowered, with codecs for whatever must be
 * recorded, and the hash of its definition.
 */
public final class PinnedFlow {

    /** What pinning gives. */
    public sealed interface Verdict {}

    /**
     * Runs may be pinned to it.
     *
     * @param flow the flow
     */
    public record Ready(PinnedFlow flow) implements Verdict {}

    /**
     * It cannot run durably here.
     *
     * @param failure why
     */
    public record Refused(Failure failure) implements Verdict {}

    /** Of the SHA-256, which are enough. */
    private static final int HASH_BYTES = 16;

    private final DrivenFlow driven;
    private final String hash;
    private final Codec<Object> input;
    private final Codec<Object> output;
    private final List<Optional<Codec<Object>>> steps;
    private final Optional<LargePayloads> large;
    private final List<IdempotencyKey> keys;
    private final boolean waitsForKeys;

    private PinnedFlow(
            DrivenFlow driven,
            String hash,
            Codec<Object> input,
            Codec<Object> output,
            List<Optional<Codec<Object>>> steps,
            Optional<LargePayloads> large) {
        this.driven = driven;
        this.hash = hash;
        this.input = input;
        this.output = output;
        this.steps = steps;
        this.large = large;
        this.keys =
                driven.plan().definition().nodes().stream()
                        .map(node ->
                                IdempotencyKey.of(
                                        driven.flow().name(),
                                        node.alias(),
                                        node.idempotency().key().orElse("")))
                        .toList();
        boolean keyed = false;
        for (int node = 0; node < driven.plan().nodeCount(); node++) {
            keyed |= waits(node).filter(Wait::isKeyed).isPresent();
        }
        this.waitsForKeys = keyed;
    }

    /**
     * Whether durable runs of {@code flow} are possible here.
     *
     * @param flow the flow
     * @param capabilities what it may use
     * @param hints what hints demand
     * @param codecs how payloads become bytes
     * @param large where payloads are kept that are too long for a record; empty for nowhere
     * @return the flow pinned, or why not
     */
    public static Verdict of(
            Flow<?, ?> flow,
            Capabilities capabilities,
            HintTable hints,
            Codecs codecs,
            Optional<LargePayloads> large) {
        return switch (Preparation.forOthers(flow, capabilities, hints)) {
            case Preparation.Refused refused -> new Refused(refused.failure());
            case Preparation.Ready ready ->
                    pin(
                            new PreparedFlow(ready.prepared(), capabilities),
                            hash(flow),
                            codecs,
                            large);
        };
    }

    /**
     * The same for a driver that has checked and lowered the flow itself, and knows its hash from
     * where it was built.
     *
     * @param driven the flow
     * @param hash its {@link #hash()}
     * @param codecs how payloads become bytes
     * @return the flow pinned, or why not
     */
    public static Verdict of(DrivenFlow driven, String hash, Codecs codecs) {
        return pin(driven, hash, codecs, Optional.empty());
    }

    private static Verdict pin(
            DrivenFlow driven, String hash, Codecs codecs, Optional<LargePayloads> large) {
        Flow<?, ?> flow = driven.flow();
        Plan plan = driven.plan();
        List<Optional<Codec<Object>>> steps = new ArrayList<>();
        String what = "the input";
        try {
            Codec<Object> input = codec(codecs, flow.input());
            for (int n = 0; n < plan.nodeCount(); n++) {
                PlanNode node = plan.node(n);
                what = "the output of node '" + node.alias() + "'";
                if (node.streams()) {
                    return notDurable(
                            what + " is a stream; streams cannot be recorded and repeated");
                }
                steps.add(
                        node.inline() || plan.isUndo(n)
                                ? Optional.empty()
                                : Optional.of(codec(codecs, itemType(flow, node))));
            }
            what = "the output";
            Codec<Object> output = codec(codecs, flow.output());
            return new Ready(new PinnedFlow(driven, hash, input, output, steps, large));
        } catch (IllegalArgumentException e) {
            return notDurable(what + " cannot be recorded: " + e.getMessage());
        }
    }

    private static Refused notDurable(String why) {
        return new Refused(new Failure.InvalidFlow(JournalFault.NOT_DURABLE.code(), List.of(why)));
    }

    @SuppressWarnings("unchecked") // only values of the type are encoded
    private static Codec<Object> codec(Codecs codecs, Type<?> type) {
        return (Codec<Object>) codecs.of(type);
    }

    /** What one body gives: of a node that runs per item, an item of the list; of a batch, all. */
    private static Type<?> itemType(Flow<?, ?> flow, PlanNode node) {
        Type<?> type = flow.outputOf(node.alias());
        boolean perItem = node.perItem().filter(it -> it.batch() == 0).isPresent();
        return perItem && type.raw() == List.class ? type.arguments().get(0) : type;
    }

    private static String hash(Flow<?, ?> flow) {
        String text =
                FlowJson.write(flow.definition().pinned())
                        + "\n"
                        + flow.trigger()
                        + "\n"
                        + flow.capture();
        return Hex.of(Sha256.of(text.getBytes(StandardCharsets.UTF_8)), HASH_BYTES);
    }

    /** {@return the flow} */
    public Flow<?, ?> flow() {
        return driven.flow();
    }

    /** {@return its plan} */
    public Plan plan() {
        return driven.plan();
    }

    /** {@return name of the flow} */
    public String name() {
        return driven.flow().name();
    }

    /** {@return version of the flow} */
    public String version() {
        return driven.flow().definition().version();
    }

    /**
     * {@return the first 128 bits of the SHA-256 of its {@linkplain
     * dev.flowir.ir.FlowDefinition#pinned() plan} as JSON, trigger and capture, in hex}
     */
    public String hash() {
        return hash;
    }

    /**
     * {@return name of a node}
     *
     * @param node its index
     */
    public String alias(int node) {
        return driven.plan().node(node).alias();
    }

    /**
     * {@return what runs for a node}
     *
     * @param node its index
     */
    public NodeBody body(int node) {
        return driven.body(node);
    }

    /**
     * {@return how a node waits; empty for one that works}
     *
     * @param node its index
     */
    public Optional<Wait> waits(int node) {
        return driven.body(node) instanceof Wait wait ? Optional.of(wait) : Optional.empty();
    }

    /**
     * {@return what serves {@code token} for {@code node}; empty when the node did not declare it}
     *
     * @param node its index
     * @param token what is asked for
     */
    public Optional<CapabilityProvider> provider(int node, Token<?> token) {
        return driven.provider(node, token);
    }

    /**
     * {@return how a node's work is recognised when it is repeated}
     *
     * @param node its index
     */
    public IdempotencyKey key(int node) {
        return keys.get(node);
    }

    /**
     * {@return what a node uses}
     *
     * @param node its index
     */
    public List<Token<?>> tokens(int node) {
        return driven.flow().node(alias(node)).orElseThrow().tokens();
    }

    /**
     * {@return {@code value} as the flow's input}
     *
     * @param value the input
     * @throws CodecException when it cannot be encoded
     */
    public Value input(Object value) throws CodecException {
        return new Value(value, Payload.wrap(input.encode(value)));
    }

    /**
     * {@return {@code value} as an output of {@code node}, one that is recorded}
     *
     * @param node its index
     * @param value what its body gave
     * @throws CodecException when it cannot be encoded
     */
    public Value value(int node, Object value) throws CodecException {
        return new Value(value, Payload.wrap(codecOf(node).encode(value)));
    }

    /**
     * {@return the flow's output as bytes}
     *
     * @param value the output
     * @throws CodecException when it cannot be encoded
     */
    public Payload encodeOutput(Object value) throws CodecException {
        return Payload.wrap(output.encode(value));
    }

    /**
     * {@return the flow's output}
     *
     * @param payload its bytes
     * @throws CodecException when they are no such output
     */
    public Object decodeOutput(Payload payload) throws CodecException {
        try {
            return output.decode(bytes(payload));
        } catch (MalformedRecordException e) {
            throw new JournalException(
                    JournalFault.DAMAGED, "an output is lost: " + e.getMessage());
        }
    }

    /** {@return whether a node of it waits for signals with keys} */
    public boolean waitsForKeys() {
        return waitsForKeys;
    }

    /** {@return whether payloads that are too long for a record can be kept elsewhere} */
    public boolean keepsLarge() {
        return large.isPresent();
    }

    /**
     * Keeps a payload beside the journal.
     *
     * @param payload the payload
     * @return what names it, to be recorded
     * @throws IOException when it could not be stored
     */
    public Payload elsewhere(Payload payload) throws IOException {
        return Payload.elsewhere(large.orElseThrow().store(payload.raw()), payload.raw());
    }

    /**
     * {@return the bytes that a codec gave, wherever they are kept}
     *
     * @param payload the payload
     */
    public byte[] bytes(Payload payload) {
        Optional<String> name = payload.name();
        if (name.isEmpty()) {
            return payload.raw();
        }
        byte[] loaded;
        try {
            loaded = large.orElseThrow(() -> new NoSuchFileException(name.get())).load(name.get());
        } catch (NoSuchFileException e) {
            throw new MalformedRecordException(
                    "its payload '" + name.get() + "' is not beside the journal");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!payload.names(loaded)) {
            throw new MalformedRecordException(
                    "its payload '" + name.get() + "' is not what was stored");
        }
        return loaded;
    }

    /** {@return short id of the format of payloads, for example {@code json}} */
    public String codecId() {
        return input.id();
    }

    /**
     * {@return an input that was recorded}
     *
     * @param payload its bytes
     * @throws CodecException when they are no such input
     */
    public Value decodeInput(Payload payload) throws CodecException {
        return new Value(input.decode(bytes(payload)), payload);
    }

    /**
     * {@return a recorded output of {@code node}}
     *
     * @param node its index
     * @param payload its bytes
     * @throws CodecException when they are no such output
     */
    public Value decode(int node, Payload payload) throws CodecException {
        return new Value(codecOf(node).decode(bytes(payload)), payload);
    }

    private Codec<Object> codecOf(int node) {
        return steps.get(node)
                .orElseThrow(() ->
                        new MalformedRecordException(
                                "node '" + alias(node) + "' only computes and is never recorded"));
    }

    Optional<Failure> failure(Outcome outcome) {
        return driven.failure(outcome);
    }
}
