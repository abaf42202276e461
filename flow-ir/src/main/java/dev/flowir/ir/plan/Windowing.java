package dev.flowir.ir.plan;

import dev.flowir.ir.SurfaceCode;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowBounds;
import dev.flowir.ir.WindowShape;
import dev.flowir.ir.WindowTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * How a node makes windows of the items that it takes: its body gets windows instead.
 *
 * @param surface id of the surface it came from
 * @param index its number among the windows of its plan, from 0
 * @param node index of the node
 * @param over what windows span
 * @param shape the spans of time
 * @param time which time puts items into them
 * @param outOfOrderMillis how far the watermark stays behind the latest time
 * @param latenessMillis how long after its end a window is kept
 * @param late index of the node that gets what is too late; {@link #NOWHERE} for none
 * @param bounds how much is kept
 * @param key what the items of a window have in common
 * @param timeMillis time that an item carries
 * @param fold what items are folded to; empty when they are kept
 * @param given what the node's body gets for a window
 */
public record Windowing(
        String surface,
        int index,
        int node,
        Over over,
        WindowShape shape,
        WindowTime time,
        long outOfOrderMillis,
        long latenessMillis,
        int late,
        WindowBounds bounds,
        Function<Object, Object> key,
        ToLongFunction<Object> timeMillis,
        Optional<SurfaceCode.Fold> fold,
        Function<Window<Object, Object>, Object> given) {

    /** What windows span. */
    public enum Over {
        /** All that comes to the node, of whatever input. */
        INPUTS,
        /** The items of one list, which come at once: what comes to the node are lists. */
        LIST
    }

    /** No node. */
    public static final int NOWHERE = -1;
}
