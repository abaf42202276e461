package dev.flowir.ir.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of what the checker can find. Errors are those of the reference, with its names;
 * warnings are ours.
 */
public final class Codes {

    private static final List<Code> ALL = new ArrayList<>();

    static final Code DAG205 =
            error(
                    "DAG205",
                    "an alias is used by more than one node",
                    "Edges and surfaces refer to nodes by alias. With a repeated alias they mean the last node that has it, and the earlier ones cannot be reached.",
                    "give each node its own alias");
    static final Code DAG104 =
            error(
                    "DAG104",
                    "a flow has more than one trigger",
                    "A flow has one way in unless it says otherwise.",
                    "make the other nodes inline, or set policies.lint.allow_multiple_triggers to true");
    static final Code DAG202 =
            error(
                    "DAG202",
                    "an edge names an unknown alias",
                    "Both ends of an edge must be aliases of nodes of this flow, spelt exactly.",
                    "use the alias of a node, or add the node");
    static final Code DAG200 =
            error(
                    "DAG200",
                    "the edges form a cycle",
                    "Items would go round for ever. Flows are acyclic; repetition is said with a control surface.",
                    "remove one edge of the cycle");
    static final Code DAG201 =
            error(
                    "DAG201",
                    "an edge connects different schemas",
                    "When both ends of an edge name their schema, the names must be the same text. An opaque schema fits everything.",
                    "make the names equal, put a converting node between, or make one side opaque");
    static final Code DAG004 =
            error(
                    "DAG004",
                    "an effectful node has no idempotency key",
                    "An effect may be attempted again after a failure. Without a key nobody can recognise the repetition.",
                    "set idempotency.key");
    static final Code EFFECT201 =
            error(
                    "EFFECT201",
                    "a node's effects are below what a hint needs",
                    "An effect hint says which capability the node uses, and using it needs at least certain effects: pure < read_only < effectful.",
                    "declare the effects that the hint needs, or drop the hint");
    static final Code DET302 =
            error(
                    "DET302",
                    "a node's determinism is stricter than a hint allows",
                    "A determinism hint says what the node depends on, and depending on it allows no promise stricter than a minimum: strict < stable < best_effort < nondeterministic.",
                    "declare the determinism that the hint needs, or drop the hint");
    static final Code EXACT001 =
            error(
                    "EXACT001",
                    "an exactly-once edge leads to a node without dedupe",
                    "Exactly once is at least once plus a target that recognises repetitions, so the target needs a dedupe capability among its effect hints.",
                    "add the effect hint resource::dedupe::write to the target, or use at_least_once");
    static final Code EXACT002 =
            error(
                    "EXACT002",
                    "an exactly-once edge leads to a node without an idempotency key",
                    "Repetitions are recognised by the target's idempotency key.",
                    "set idempotency.key on the target");
    static final Code EXACT003 =
            error(
                    "EXACT003",
                    "an exactly-once edge leads to a node that forgets keys too early",
                    "A key must be remembered for at least 300000 ms, or a late redelivery is taken for new work.",
                    "set idempotency.ttlMs on the target to 300000 or more");
    static final Code CTRL101 =
            error(
                    "CTRL101",
                    "an edge has a timeout of zero",
                    "A body with no time at all can never finish.",
                    "set timeout_ms above 0, or leave it out");
    static final Code CTRL102 =
            error(
                    "CTRL102",
                    "an edge has a buffer of zero items",
                    "An edge that can hold nothing passes nothing on.",
                    "set buffer.max_items above 0, or leave it out for the default of 32");
    static final Code SPILL001 =
            error(
                    "SPILL001",
                    "an edge spills but has no bound",
                    "Spilling begins where the bound of the buffer ends; without max_items there is no such place.",
                    "set buffer.max_items");
    static final Code SPILL002 =
            error(
                    "SPILL002",
                    "an edge spills but no node has a blob capability",
                    "Spilled items are kept in a blob store, so some node must carry an effect hint that starts with resource::blob::.",
                    "add resource::blob::write to the effect hints of the node that spills, or drop spill_tier");
    static final Code CTRL110 =
            error(
                    "CTRL110",
                    "a switch is malformed",
                    "A switch is {\"v\":1,\"source\":A,\"selector_pointer\":P,\"cases\":{key:alias},\"default\":alias?}, and its targets list the source, every case and the default.",
                    "correct the named part of config or targets");
    static final Code CTRL111 =
            error(
                    "CTRL111",
                    "a switch has a way without an edge",
                    "A switch chooses among edges that exist: from its source to each target.",
                    "add the edge, or take the target out of the switch");
    static final Code CTRL112 =
            error(
                    "CTRL112",
                    "a second switch has the same source",
                    "One node's output is routed by one surface.",
                    "merge the two switches, or put a node between");
    static final Code CTRL120 =
            error(
                    "CTRL120",
                    "an if is malformed",
                    "An if is {\"v\":1,\"source\":A,\"selector_pointer\":P,\"then\":B,\"else\":C}, and its targets list all three.",
                    "correct the named part of config or targets");
    static final Code CTRL121 =
            error(
                    "CTRL121",
                    "an if has a way without an edge",
                    "An if chooses between edges that exist: from its source to then and to else.",
                    "add the edge, or name a target that has one");
    static final Code CTRL122 =
            error(
                    "CTRL122",
                    "a second if has the same source",
                    "One node's output is routed by one surface.",
                    "make it a switch, or put a node between");
    static final Code CTRL130 =
            error(
                    "CTRL130",
                    "a control surface is malformed",
                    "Each kind of surface has its own config: for_each {v,source,items_pointer,body_entry}, partition {v,edge:{from,to},key}, rate_limit {v,target,qps,burst}, error_handler {v,scope:{nodes},strategy,max_retries?,backoff_ms?}, window {v,event_time_pointer,size_ms,allowed_lateness_ms,watermark}, with v always 1.",
                    "correct the named part of config");
    static final Code CTRL131 =
            error(
                    "CTRL131",
                    "a control surface names an unknown alias",
                    "Surfaces refer to nodes of this flow by alias, spelt exactly.",
                    "use the alias of a node, or add the node");
    static final Code CTRL132 =
            error(
                    "CTRL132",
                    "a control surface needs an edge that does not exist",
                    "A for_each runs along the edge from its source to its body, a partition along the edge it names.",
                    "add the edge");
    static final Code CTRL140 =
            warning(
                    "CTRL140",
                    "a loop is not of a form that can run",
                    "A loop is {\"v\":1,\"source\":A,\"body_entry\":B,\"body_exit\":C?,\"selector_pointer\":P,\"max_iterations\":n,\"on_limit\":l?}. What C gives goes back to B until P points at true, n rounds at most; then C has failed, or with on_limit leave the value goes on. An edge leads from A to B, and a line of nodes without branches from B to C, which is B when left out. The reference takes any config here, and runs none.",
                    "write config in this form");
    static final Code CTRL141 =
            warning(
                    "CTRL141",
                    "a timeout is not of a form that can run",
                    "A timeout surface is {\"v\":1,\"target\":A,\"timeout_ms\":n,\"policy\":p?}. It bounds each attempt at A, to which an edge must lead. The policy is cancel, retry (with max_retries and the backoff of an error handler) or dead_letter; without one the error handler of A decides. The reference takes any config here, and runs none.",
                    "write config in this form, or set timeout_ms on an edge");
    static final Code CTRL142 =
            warning(
                    "CTRL142",
                    "a compensation is not of a form that can run",
                    "An error handler with \"compensate\":B has B undo the nodes of its scope when a durable run fails. All of them must be effectful, since there is nothing to undo otherwise, and no edge leads to B or from it. The reference does not read the key.",
                    "name an effectful node without edges, and leave nodes that change nothing out of the scope");
    static final Code CTRL143 =
            warning(
                    "CTRL143",
                    "a dead letter is not of a form that can run",
                    "An error handler of strategy retry or continue, or a timeout of policy retry or dead_letter, with \"dead_letter\":B sends to B what its node could not work on: the item as it came, over an edge from the node to B that nothing else takes. The reference does not read the key.",
                    "name a node to which an edge leads, and a strategy or policy that gives items up");
    static final Code CTRL144 =
            warning(
                    "CTRL144",
                    "items meet at a node that names no two others",
                    "fan_in says how the items meet that come from the nodes that join names, so there are two or more of them. Setting up a run refuses the flow.",
                    "name the source of each inbound edge in join, or leave fan_in out");
    static final Code CTRL145 =
            warning(
                    "CTRL145",
                    "a node has two rate limits",
                    "One rate_limit says how often bodies of a node may begin. With two of them nobody knows which holds, so the flow is refused when it is set up.",
                    "leave one of them out");
    static final Code CTRL146 =
            warning(
                    "CTRL146",
                    "a partition is not of a form in which keys can take turns",
                    "A partition with \"key_pointer\" keeps what waits on its edge apart by the value there, and keys take turns; max_waiting_per_key bounds each. The edge has one partition, leads to no join and spills nothing. Without key_pointer a partition says nothing, as in the reference. Setting up a run refuses other forms.",
                    "write config in this form, or leave key_pointer out");
    static final Code CTRL147 =
            warning(
                    "CTRL147",
                    "nodes do not agree about a sub-flow",
                    "part_of names the flows that a node was laid in with, the outermost first. The alias of each begins with that of the one around it and a dot, and so does the node's; an alias stands for one flow of one version in one place. Runs do not read it: only pictures are wrong.",
                    "give the nodes of one sub-flow the same part_of, and aliases that begin with its alias and a dot");
    static final Code CTRL148 =
            warning(
                    "CTRL148",
                    "a keyed join is not of a form that can run",
                    "fan_in {\"kind\":\"keyed\",\"keys\":[P,Q],\"outer\":o?,\"max_pairs\":n?} pairs the items of two lists by key: join names the two nodes that give the lists, P points at the key of an item of the first and Q of the second. Setting up a run refuses other forms.",
                    "name two nodes in join, and a pointer for each in keys");
    static final Code CTRL149 =
            warning(
                    "CTRL149",
                    "a node that gives no stream says what becomes of slow consumers",
                    "slow_consumer says what becomes of a consumer that does not keep up with the stream of a flow. Only the node that the flow ends in gives one, and an edge leads from this node, so nothing comes of it.",
                    "leave slow_consumer out, or end the flow in this node");
    static final Code CTRL160 =
            warning(
                    "CTRL160",
                    "a window is not of a form that can run",
                    "A window runs with \"target\":A, a node to which an edge leads and which neither joins nor starts the flow: A takes items and gives windows of them. Its shape is tumbling, sliding (with every_ms, at most size_ms) or session (size_ms is the gap); its time is event (event_time_pointer holds milliseconds since 1970), ingest or processing, by which nothing is late; its watermark is bounded, out_of_order_ms behind the latest time. key_pointer keeps keys apart, late names the node that gets what is too late, max_keys, max_open and max_items bound what is kept. The reference does not read these keys, and runs none.",
                    "write config in this form");
    static final Code RETRY010 =
            warning(
                    "RETRY010",
                    "a node has two error handlers",
                    "One error handler says how often a node is repeated. With two of them nobody knows how many attempts there are, so the flow is refused when it is set up.",
                    "name the node in one error handler only");
    static final Code RETRY011 =
            warning(
                    "RETRY011",
                    "retries are configured and nobody makes them",
                    "The flow repeats what fails where the strategy is retry. With another strategy max_retries does nothing.",
                    "set strategy to retry, or leave max_retries out");
    static final Code CTRL150 =
            warning(
                    "CTRL150",
                    "an if and a switch have the same source",
                    "Only one surface can route a node's output. The document is valid, but setting up a run will refuse it.",
                    "put a node between, so that each surface has its own source");
    static final Code CTRL151 =
            warning(
                    "CTRL151",
                    "a pointer can never be followed",
                    "In a JSON pointer a tilde stands only in ~0 (for ~) and ~1 (for /). This pointer resolves on no value, so every item would fail.",
                    "write ~0 for a tilde and ~1 for a slash");
    static final Code CTRL152 =
            warning(
                    "CTRL152",
                    "a node may run no body at a time, or more than can be",
                    "concurrency says how many bodies of a node run at a time, 1 to 4096. Setting up a run refuses other numbers.",
                    "write a limit of 1 to 4096, or leave concurrency out");
    static final Code CTRL153 =
            warning(
                    "CTRL153",
                    "a for_each does not say how large its batches are",
                    "A for_each with \"batch\":{\"max_items\":n} gives its body lists of up to n items, 1 to 1048576, in the order of the items, and the body gives a list of as many outputs. The reference does not read the key. Setting up a run refuses other forms.",
                    "write max_items of 1 to 1048576, or leave batch out");
    static final Code CTRL154 =
            warning(
                    "CTRL154",
                    "a priority is not of a form that can order anything",
                    "priority says which of what waits for a node goes first: pointer is a JSON pointer to a level of 1 (first) to 5 (last) in what the body gets, default the level of an item that has none there, and oldest_every, 2 to 1000, how often who waits longest goes whatever its level. Setting up a run refuses other forms.",
                    "write a pointer that is empty or starts with '/', a default of 1 to 5 and oldest_every of 2 to 1000");
    static final Code CTRL155 =
            warning(
                    "CTRL155",
                    "nothing waits by a node's priority",
                    "A priority orders what waits on the edges into its node and who waits for its permits. On an edge nothing can be put in order where items meet (join), where a list is taken apart (for_each), where windows are made, on what spills, and before a trigger. A node of that kind without concurrency has nothing that its priority could order, and setting up a run refuses it.",
                    "say how many bodies run at a time with concurrency, move the priority to a node that takes items one by one, or leave it out");
    static final Code CTRL157 =
            warning(
                    "CTRL157",
                    "a for_each says something unknown of its items",
                    "on_item_failure says what becomes of an item on which no attempt is left: fail, leave_out, or replace where Java types say what stands for it. ordered says whether outputs are in the order of the items. The reference reads neither. Setting up a run refuses other forms.",
                    "write fail, leave_out or replace, true or false, or leave the key out");
    static final Code DAG210 =
            warning(
                    "DAG210",
                    "no trigger leads to a node",
                    "A run starts at a trigger and follows edges. This node is on no way, so it never runs.",
                    "connect the node, or remove it");
    static final Code DAG211 =
            warning(
                    "DAG211",
                    "no trigger leads to an end of the flow",
                    "A flow answers with the output of one of its ends. This one is never reached, so a run that waits for it ends with a failure.",
                    "connect the node to a way that starts at a trigger, or remove it");
    static final Code DAG212 =
            warning(
                    "DAG212",
                    "an edge leads into a trigger",
                    "Input can be sent only to nodes without inbound edges. With this edge the trigger cannot start a run.",
                    "remove the edge, or make the node inline");
    static final Code HINT101 =
            warning(
                    "HINT101",
                    "no known capability satisfies an effect hint",
                    "Before a run, each effect hint that starts with resource:: must be bound to a capability of exactly that name. This name is none that a known capability offers.",
                    "use the exact hint of a capability");
    static final Code JOIN101 =
            warning(
                    "JOIN101",
                    "a join waits for a node that sends nothing to it",
                    "A join runs when each node it names has sent an item. This one has no edge to the join, so the join never runs.",
                    "add the edge, or take the name out of join");
    static final Code JOIN102 =
            warning(
                    "JOIN102",
                    "a join does not match its inbound edges",
                    "A join names the source of each of its inbound edges. Items of an edge that it does not name have no place in its input.",
                    "name the source of each inbound edge in join, or remove the edge");

    private Codes() {}

    /** {@return every code of the checker, in the order of its rules} */
    public static List<Code> all() {
        return List.copyOf(ALL);
    }

    /**
     * Looks a code up.
     *
     * @param id its name, exactly
     * @return the code; empty when the checker has none of that name
     */
    public static Optional<Code> find(String id) {
        for (Code code : ALL) {
            if (code.id().equals(id)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    private static Code error(String id, String summary, String explanation, String suggestion) {
        return add(new Code(id, "validation", Severity.ERROR, summary, explanation, suggestion));
    }

    private static Code warning(String id, String summary, String explanation, String suggestion) {
        return add(new Code(id, "lint", Severity.WARNING, summary, explanation, suggestion));
    }

    private static Code add(Code code) {
        ALL.add(code);
        return code;
    }
}
