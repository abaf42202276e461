package dev.flowir.kernel.journal;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.plan.JsonPointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The idempotency key of a node's work: SHA-256, in hex, of {@code [flow, node, partition, fields]}
 * in canonical CBOR. Fields are those that the node's {@code idempotency.key} names in braces:
 * {@code {order}} is a member of the node's input and {@code {/order/id}} a JSON pointer into it.
 * With a field of the input, two invocations with equal fields are the same work, whichever run
 * they are in, and there is no partition unless {@code {run}} is named too. Without one the
 * partition is the run and the item is a field: no two invocations are the same work.
 */
public final class IdempotencyKey {

    private static final Set<String> OF_THE_RUN = Set.of("run", "node", "item", "flow");
    private static final Codecs JSON = JsonCodecs.strict();

    private final String node;

    /** Members that every key of the node begins with. */
    private final byte[] flowAndNode;

    private final boolean perRun;
    private final Map<String, JsonPointer> fields;

    private IdempotencyKey(
            String flow, String node, boolean perRun, Map<String, JsonPointer> fields) {
        this.node = node;
        this.flowAndNode = CanonicalCbor.members(JsonValue.text(flow), JsonValue.text(node));
        this.perRun = perRun;
        this.fields = fields;
    }

    /**
     * The keys of a node.
     *
     * @param flow name of the flow
     * @param node alias of the node
     * @param text the node's {@code idempotency.key}; empty when it has none
     * @return its keys
     */
    static IdempotencyKey of(String flow, String node, String text) {
        Map<String, JsonPointer> fields = new TreeMap<>();
        boolean run = false;
        for (String name : named(text)) {
            run |= name.equals("run");
            if (!OF_THE_RUN.contains(name)) {
                Optional<JsonPointer> pointer =
                        JsonPointer.parse(name.startsWith("/") ? name : "/" + name);
                pointer.ifPresent(at -> fields.put(name, at));
            }
        }
        return new IdempotencyKey(flow, node, run || fields.isEmpty(), fields);
    }

    /** What stands in braces that have none in them. Plain code: isolates lack patterns. */
    private static List<String> named(String text) {
        List<String> names = new ArrayList<>();
        int open = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                open = i + 1;
            } else if (c == '}' && open >= 0) {
                names.add(text.substring(open, i));
                open = -1;
            }
        }
        return names;
    }

    private static String hex(byte[] hash) {
        return Hex.of(hash, hash.length);
    }

    /** {@return whether work in another run can be the same work} */
    public boolean isShared() {
        return !perRun;
    }

    /** {@return whether it is made of the run and the item only, whatever the input is} */
    public boolean isOfItem() {
        return fields.isEmpty();
    }

    /**
     * {@return the key of one invocation}
     *
     * @param run the run, with its generation
     * @param item the item, within the run
     * @param input what the body gets
     * @throws CodecException when the input has no such field
     */
    public String of(String run, long item, Object input) throws CodecException {
        Map<String, JsonValue> declared = new LinkedHashMap<>();
        if (fields.isEmpty()) {
            declared.put("item", JsonValue.text(Long.toHexString(item)));
        } else {
            JsonValue root = json(input);
            for (Map.Entry<String, JsonPointer> field : fields.entrySet()) {
                declared.put(field.getKey(), value(root, field.getKey(), field.getValue()));
            }
        }
        JsonValue partition = perRun ? JsonValue.text(run) : JsonValue.nil();
        byte[] key = CanonicalCbor.array(flowAndNode, partition, new JsonValue.Obj(declared));
        return hex(Sha256.of(key));
    }

    private JsonValue value(JsonValue root, String name, JsonPointer at) throws CodecException {
        if (at.resolve(root).orElse(null) instanceof JsonValue value) {
            return value;
        }
        throw new CodecException(
                JournalFault.NO_KEY.code(),
                "",
                "the input of node '"
                        + node
                        + "' has no '"
                        + name
                        + "', which its idempotency key is made of");
    }

    @SuppressWarnings("unchecked") // a codec of the value's own class
    private static JsonValue json(Object input) throws CodecException {
        if (input instanceof JsonValue json) {
            return json;
        }
        try {
            Type<Object> type = (Type<Object>) Type.of(input.getClass());
            return JSON.of(Type.of(JsonValue.class)).decode(JSON.of(type).encode(input));
        } catch (IllegalArgumentException e) {
            throw new CodecException(
                    JournalFault.NO_KEY.code(),
                    "",
                    "an idempotency key cannot be made of it: " + e.getMessage());
        }
    }
}
