package dev.flowir.ir.diff;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.ArrayList;
import java.util.List;

/** The table of what can be edited. Errors are what runs in flight cannot go on with. */
public final class DiffCodes {

    private static final List<Code> ALL = new ArrayList<>();

    private static final String KEEP = "nothing has to be done";
    private static final String LOAD_BOTH =
            "load the old version beside the new one until its runs are over";

    static final Code DIFF101 =
            kept(
                    "DIFF101",
                    "what only people read changed",
                    "Summaries, names for people, tags, artifacts, checkpoints, policies, the profile and ids are no part of the plan that runs are pinned to.");
    static final Code DIFF102 =
            kept(
                    "DIFF102",
                    "a marked node was added",
                    "The node says since when it is there. Runs begun with an earlier version keep the plan without it, new runs have it.");
    static final Code DIFF103 =
            kept(
                    "DIFF103",
                    "the version was raised, and markers carry the earlier plan",
                    "A flow with markers is every earlier version of itself too, as far as its markers say how that differed.");
    static final Code DIFF104 =
            kept(
                    "DIFF104",
                    "another thing becomes of slow consumers",
                    "Runs that go on with another version are durable, and a durable run gives no stream.");
    static final Code DIFF105 =
            kept(
                    "DIFF105",
                    "another of those who wait goes first",
                    "A durable run works on one item of an edge, and who waits for a permit is in no record: runs that go on with another version stand in its line.");
    static final Code DIFF201 =
            parks(
                    "DIFF201",
                    "a node was added",
                    "Identities of items and steps follow from the graph, so records of the old one do not fit the new one. Where the new node follows a place that a run has passed, nothing says whether it should be done for that run.",
                    "mark the node with since(...) when it gives what it takes, or " + LOAD_BOTH);
    static final Code DIFF202 =
            parks(
                    "DIFF202",
                    "a node was removed",
                    "Runs may be at work on it, wait in it, or have its result in their records.",
                    LOAD_BOTH);
    static final Code DIFF203 =
            parks(
                    "DIFF203",
                    "a node was renamed",
                    "The alias is in idempotency keys, in histories, and in what is sent from outside.",
                    "keep the alias and change the name for people, or " + LOAD_BOTH);
    static final Code DIFF204 =
            parks(
                    "DIFF204",
                    "a node has another handler",
                    "Results in records came from other code than what would go on.",
                    "keep the identifier when the code does the same, or " + LOAD_BOTH);
    static final Code DIFF205 =
            parks("DIFF205", "a node has another kind", "The plan is another one.", LOAD_BOTH);
    static final Code DIFF206 =
            parks(
                    "DIFF206",
                    "a node takes or gives another type",
                    "Payloads in records were written as the old type.",
                    LOAD_BOTH);
    static final Code DIFF207 =
            parks(
                    "DIFF207",
                    "a node's effects, determinism, hints or concurrency changed",
                    "They decide whether a node is a step that is recorded or a computation that is not, and what commits together.",
                    LOAD_BOTH);
    static final Code DIFF208 =
            parks(
                    "DIFF208",
                    "a node's idempotency changed",
                    "A step that is repeated after a crash would carry another key than before it, and its effect could happen twice.",
                    LOAD_BOTH);
    static final Code DIFF209 =
            parks(
                    "DIFF209",
                    "a join has other inputs, or another way to meet",
                    "Items that wait for their partners in a run would not be joined as they began to be.",
                    LOAD_BOTH);
    static final Code DIFF210 =
            parks(
                    "DIFF210",
                    "nodes are in another order",
                    "Records name nodes by their place in the flow.",
                    "put them back, and new nodes where they are drawn");
    static final Code DIFF211 =
            parks(
                    "DIFF211",
                    "an edge was added",
                    "Items take ways that they did not take, and identities of steps follow from the edges.",
                    LOAD_BOTH);
    static final Code DIFF212 =
            parks("DIFF212", "an edge was removed", "Items may be under way on it.", LOAD_BOTH);
    static final Code DIFF213 =
            parks(
                    "DIFF213",
                    "a time limit changed",
                    "Limits are instants that follow from the plan; recorded ones would be too early or too late.",
                    LOAD_BOTH);
    static final Code DIFF214 =
            parks(
                    "DIFF214",
                    "an edge delivers in another way",
                    "Delivery, order and bounds decide when steps begin.",
                    LOAD_BOTH);
    static final Code DIFF215 =
            parks(
                    "DIFF215",
                    "edges are in another order",
                    "Identities of items, and with them idempotency keys, follow from the order of edges.",
                    "put them back, and new edges at the end");
    static final Code DIFF216 =
            parks(
                    "DIFF216",
                    "what follows an error changed",
                    "Retries, waits between them and what undoes a node are part of the plan: attempts in records were counted by the old one.",
                    LOAD_BOTH);
    static final Code DIFF217 =
            parks(
                    "DIFF217",
                    "a branch changed",
                    "A replay would take another way than the run took.",
                    LOAD_BOTH);
    static final Code DIFF218 =
            parks("DIFF218", "a control surface changed", "The plan is another one.", LOAD_BOTH);
    static final Code DIFF219 =
            parks(
                    "DIFF219",
                    "waits are in another order",
                    "A run that waits for the one would have to have waited for the other already.",
                    LOAD_BOTH);
    static final Code DIFF220 =
            parks(
                    "DIFF220",
                    "only the version changed",
                    "Runs are pinned to the version they were begun with: raising it says that they are to keep its code.",
                    "keep the version when the new code may go on with their work, or "
                            + LOAD_BOTH);
    static final Code DIFF221 =
            parks(
                    "DIFF221",
                    "the plan changed and the version did not",
                    "Two plans under one version cannot be told apart by people.",
                    "raise the version");
    static final Code DIFF222 =
            parks(
                    "DIFF222",
                    "the version went back",
                    "What is deployed later has a later version.",
                    "give the documents in the order OLD NEW, or raise the version");
    static final Code DIFF223 =
            parks(
                    "DIFF223",
                    "the flow has another name",
                    "It is another flow: runs, schedules and limits go by its name.",
                    "keep the name, or " + LOAD_BOTH);
    static final Code DIFF224 =
            parks(
                    "DIFF224",
                    "the input or the output is another node's",
                    "Callers of runs in flight wait for what the old one gives.",
                    LOAD_BOTH);
    static final Code DIFF225 =
            parks(
                    "DIFF225",
                    "a marked node cannot be passed over",
                    "Only a node in a line can be: one edge leads to it, it gives what it takes, and no branch or list names it.",
                    "put the node where it stands in a line, or " + LOAD_BOTH);
    static final Code DIFF299 =
            parks(
                    "DIFF299",
                    "the plans differ",
                    "They are not equal, whatever else is found.",
                    LOAD_BOTH);

    private DiffCodes() {}

    /** {@return every code, those that runs go on with first} */
    public static List<Code> all() {
        return List.copyOf(ALL);
    }

    private static Code kept(String id, String summary, String explanation) {
        return add(new Code(id, "diff", Severity.WARNING, summary, explanation, KEEP));
    }

    private static Code parks(String id, String summary, String explanation, String suggestion) {
        return add(new Code(id, "diff", Severity.ERROR, summary, explanation, suggestion));
    }

    private static Code add(Code code) {
        ALL.add(code);
        return code;
    }
}
