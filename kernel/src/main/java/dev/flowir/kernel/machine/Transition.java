package dev.flowir.kernel.machine;

import static dev.flowir.kernel.machine.SlotState.AWAY;
import static dev.flowir.kernel.machine.SlotState.BACKOFF;
import static dev.flowir.kernel.machine.SlotState.EMITTING;
import static dev.flowir.kernel.machine.SlotState.IDLE;
import static dev.flowir.kernel.machine.SlotState.INVOKED;
import static dev.flowir.kernel.machine.SlotState.LOADING;
import static dev.flowir.kernel.machine.SlotState.PACED;
import static dev.flowir.kernel.machine.SlotState.RUNNING;
import static dev.flowir.kernel.machine.SlotState.SPILLING;
import static dev.flowir.kernel.machine.SlotState.STREAMING;

import java.util.EnumSet;
import java.util.Set;

/**
 * The table of a slot's transitions: a slot moves by these and in no other way. The diagram in
 * {@code docs/machine.md} is generated from it, and a test fails when a row is never taken.
 */
public enum Transition {
    /** An item was taken from an edge, a join or the trigger's queue. */
    TAKE("item taken", INVOKED, IDLE),
    /** An item was taken whose payload is in the spill store. */
    LOAD("spilled item taken", LOADING, IDLE),
    /** The payload is back. */
    LOADED("payload loaded", INVOKED, LOADING),
    /** The payload is back and is a list to be worked on item by item. */
    UNPACK("list loaded", IDLE, LOADING),
    /** The body began; its limit counts from here. */
    START("body started", RUNNING, INVOKED),
    /** The body will give values over time. */
    OPEN("stream opened", STREAMING, INVOKED, RUNNING),
    /** The body gave a value. */
    COMPLETE("body completed", EMITTING, INVOKED, RUNNING),
    /** The item ends here: no output, a failure that is passed over, or one of a list is done. */
    SETTLE("item ends", IDLE, INVOKED, RUNNING),
    /** The last item of a list is done. */
    GATHER("list gathered", EMITTING, IDLE),
    /** The attempt failed and is repeated. */
    BACK_OFF("attempt failed", BACKOFF, INVOKED, RUNNING),
    /** The wait before a repeat is over. */
    RETRY("backoff over", INVOKED, BACKOFF),
    /** No attempt is left; what the body got goes another way. */
    DIVERT("item diverted", EMITTING, INVOKED, RUNNING),
    /** The node's rate does not allow the attempt yet. */
    PACE("too soon for its rate", PACED, INVOKED),
    /** The node's rate allows the attempt. */
    ADMIT("rate allows it", INVOKED, PACED),
    /** The first node of a loop gave its output to the next. */
    GO_ROUND("further on in its loop", AWAY, EMITTING),
    /** What the last node of a loop gave goes through the loop again. */
    AGAIN("next round", INVOKED, INVOKED, RUNNING, AWAY),
    /** The item is not in the loop any more. */
    LEAVE("item left its loop", IDLE, AWAY),
    /** The output must be stored for an edge that spills. */
    SPILL("edge spills", SPILLING, EMITTING),
    /** The output was stored, or may stay in memory after all. */
    SPILLED("output stored", EMITTING, SPILLING),
    /** The output is where it must be. */
    DELIVER("output delivered", IDLE, EMITTING),
    /** The output has no way on: the routes of its node cannot use it. */
    REJECT("output unusable", IDLE, EMITTING),
    /** The stream is over. */
    END("stream ended", IDLE, STREAMING),
    /** The run ended, or the list that the item belongs to did. */
    GIVE_UP(
            "given up",
            IDLE,
            LOADING,
            INVOKED,
            RUNNING,
            STREAMING,
            BACKOFF,
            EMITTING,
            SPILLING,
            AWAY,
            PACED);

    private final String text;
    private final SlotState to;
    private final int from;

    Transition(String text, SlotState to, SlotState first, SlotState... more) {
        this.text = text;
        this.to = to;
        int states = first.bit();
        for (SlotState state : more) {
            states |= state.bit();
        }
        this.from = states;
    }

    /** {@return a few words for the diagram} */
    public String text() {
        return text;
    }

    /** {@return the states it may start from} */
    public Set<SlotState> from() {
        Set<SlotState> states = EnumSet.noneOf(SlotState.class);
        for (SlotState state : SlotState.values()) {
            if (allows(state)) {
                states.add(state);
            }
        }
        return states;
    }

    /** {@return the state it leads to} */
    public SlotState to() {
        return to;
    }

    boolean allows(SlotState state) {
        return (from & state.bit()) != 0;
    }
}
