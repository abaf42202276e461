package dev.flowir.ir.json;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Ordering;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of an edge. */
final class EdgeShape {

    private static final Field<Buffer, OptionalLong> MAX_ITEMS =
            Field.leftOut("max_items", Shapes.OPTIONAL_U32, OptionalLong.empty(), Buffer::maxItems);
    private static final Field<Buffer, OptionalLong> SPILL_THRESHOLD =
            Field.leftOut(
                    "spill_threshold_bytes",
                    Shapes.OPTIONAL_U64,
                    OptionalLong.empty(),
                    Buffer::spillThresholdBytes);
    private static final Field<Buffer, Optional<String>> SPILL_TIER =
            Field.optional("spill_tier", Shapes.TEXT, Buffer::spillTier);
    private static final Field<Buffer, Optional<String>> ON_DROP =
            Field.optional("on_drop", Shapes.TEXT, Buffer::onDrop);

    private static final RecordShape<Buffer> BUFFER =
            new RecordShape<>(
                    "Buffer",
                    List.of(MAX_ITEMS, SPILL_THRESHOLD, SPILL_TIER, ON_DROP),
                    in ->
                            new Buffer(
                                    in.get(MAX_ITEMS),
                                    in.get(SPILL_THRESHOLD),
                                    in.get(SPILL_TIER),
                                    in.get(ON_DROP)));

    private static final Field<EdgeDefinition, String> FROM =
            Field.required("from", Shapes.TEXT, EdgeDefinition::from);
    private static final Field<EdgeDefinition, String> TO =
            Field.required("to", Shapes.TEXT, EdgeDefinition::to);
    private static final Field<EdgeDefinition, Delivery> DELIVERY =
            Field.required(
                    "delivery",
                    Shapes.word(Delivery.values(), Delivery::wire, Delivery::ofWire),
                    EdgeDefinition::delivery);
    private static final Field<EdgeDefinition, Ordering> ORDERING =
            Field.required(
                    "ordering",
                    Shapes.word(Ordering.values(), Ordering::wire, Ordering::ofWire),
                    EdgeDefinition::ordering);
    private static final Field<EdgeDefinition, Optional<String>> PARTITION_KEY =
            Field.optional("partition_key", Shapes.TEXT, EdgeDefinition::partitionKey);
    private static final Field<EdgeDefinition, OptionalLong> TIMEOUT =
            Field.leftOut(
                    "timeout_ms",
                    Shapes.OPTIONAL_U64,
                    OptionalLong.empty(),
                    EdgeDefinition::timeoutMillis);
    private static final Field<EdgeDefinition, Buffer> QUEUE =
            Field.required("buffer", BUFFER, EdgeDefinition::buffer);

    static final RecordShape<EdgeDefinition> EDGE =
            new RecordShape<>(
                    "Edge",
                    List.of(FROM, TO, DELIVERY, ORDERING, PARTITION_KEY, TIMEOUT, QUEUE),
                    in ->
                            new EdgeDefinition(
                                    in.get(FROM),
                                    in.get(TO),
                                    in.get(DELIVERY),
                                    in.get(ORDERING),
                                    in.get(PARTITION_KEY),
                                    in.get(TIMEOUT),
                                    in.get(QUEUE)));

    private EdgeShape() {}
}
