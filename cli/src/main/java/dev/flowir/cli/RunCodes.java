package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What a run can end with, and what is wrong with payloads, explained. */
final class RunCodes {

    private RunCodes() {}

    static List<Code> all() {
        return List.of(
                run(
                        "RUN030",
                        "nothing has moved for a while",
                        "No step of a run began or ended, and no item was given or taken, for longer than its runtime was told to find good (standstillAfter). The message says which nodes are at work and where, and which wait, on which edge and for whom. The run goes on.",
                        "look at the node that is at work; give it a timeout"),
                run(
                        "RUN031",
                        "a stream ended before its producer did (INCOMPLETE_STREAM)",
                        "The body of a streaming node returned, which ends its stream, while a thread that it had not awaited still gave items. The consumer sees the stream break. The message names the node and the thread.",
                        "join the thread, or give the items on the body's own; threads of its own end before the body returns"),
                run(
                        "RUN032",
                        "a run is stalled for good",
                        "A node pairs items by position, items wait on one of its edges, and the other gives none; all inputs that may be outstanding are in the flow, so nothing can come that would help. The message names the edge and who is waited for.",
                        "have the node named give an item for each of the other's, or raise the capture capacity"),
                run(
                        "RUN040",
                        "a consumer did not keep up with a stream",
                        "The node that gives the stream does not wait for its consumer (slow_consumer). More items waited than may, or one waited for longer than it may; what waited is dropped, the stream breaks and the run is cancelled. The message names the node and the bound.",
                        "take items faster; or raise the bound, keep only the newest item (conflate), or let the node wait"),
                run(
                        "RUN041",
                        "a durable feed has as many inputs on their way as it may",
                        "Inputs that were offered are under way to the windows, or wait for them. They wait when as many runs of windows as may be are not over, and when steps before the windows take their time. The message says how many of each there are.",
                        "offer it again later; look at the runs of the feed, or raise its bounds"),
                run(
                        "RUN042",
                        "an item of a durable feed was set aside",
                        "The time, the key or the fold of a window failed for the item, it cannot be read, or the feed keeps as many items as it may. The item is kept where setAside() shows it; other items go on. With 1,000 of them the feed takes no more inputs.",
                        "look at setAside() and mend what is wrong, then call forgetSetAside()"),
                run(
                        "RUN043",
                        "a durable feed holds items of other windows",
                        "The flow's windows have another shape, time, lateness or bound than those that the feed began with, and there are items in them. The message has both.",
                        "finish the feed with the flow that it began with, or give the new windows a feed of another name"),
                run(
                        "RUN044",
                        "a flow cannot be a durable feed",
                        "A durable feed runs a flow in two parts, before its windows and after them. The flow has no windows over its inputs or more than one, an edge goes past them, or a control surface is about nodes on both sides. The message names it.",
                        "let items carry past the windows what is needed after them; say a surface for each side"),
                run(
                        "RUN050",
                        "more is held in memory than the profile has",
                        "What was read and has not left is counted in bytes, and the bound of its profile was met. It was about to buffer what should stream.",
                        "let what is there leave before more is read"),
                run(
                        "RUN051",
                        "the processor time of a profile is used up",
                        "Time of processors is counted over all nodes and calls of one piece of work. Waiting does not count, and to yield in between gives nothing back.",
                        "do less in one piece of work, or choose a profile with more"),
                run(
                        "RUN101",
                        "the body of a node failed",
                        "The body threw an exception and no retry is left. The message names the node, where it was defined, and the exception.",
                        "read the exception; give the node a retry when it is transient"),
                run(
                        "RUN102",
                        "a run was cancelled",
                        "The caller left, the runtime was closed, or somebody cancelled the run. Bodies were interrupted.",
                        "nothing, when the cancellation was meant"),
                run(
                        "RUN103",
                        "a run ended without an output",
                        "No item is on its way any more and none reached the node that is captured. The message says which item ended where.",
                        "give the branch that ended a way to the captured node, for example a default"),
                run(
                        "RUN104",
                        "nothing can be sent to an alias",
                        "Input goes to nodes without inbound edges.",
                        "name such a node as the trigger"),
                run(
                        "RUN105",
                        "the node to capture does not exist",
                        "The output of a run is what one node gives; no node has this alias.",
                        "name an existing node as the capture"),
                run(
                        "RUN106",
                        "no handler is registered for a node",
                        "A flow that came as JSON names what runs a node by its identifier. No handler of that identifier was found.",
                        "put a provider of dev.flowir.ir.Handlers on the class path that knows the identifier"),
                run(
                        "RUN107",
                        "the runtime is full or closing",
                        "The number of runs in flight is bounded. Nothing was started.",
                        "try again after the time named, or raise the bound"),
                run(
                        "RUN108",
                        "an item could not be spilled or brought back",
                        "An edge with a spill tier keeps items outside memory; writing or reading one failed.",
                        "look at the cause: space, permissions, the blob store"),
                run(
                        "RUN109",
                        "every way of a race failed",
                        "The first value that reaches a race goes on, and a way that fails is only out of it. Here nothing was left that could give a value. The message names what failed on each way.",
                        "read the failures; add a way that cannot fail, for example a default"),
                run(
                        "RUN199",
                        "the kernel itself failed",
                        "A bug of the kernel, or the process has no memory left. The run was given up instead of hanging.",
                        "look at the cause; report it when memory is not the reason"),
                run(
                        "TIME001",
                        "the deadline passed",
                        "The first output was not there in time. Bodies were interrupted. The message says what the run was waiting for.",
                        "give it more time, or make what it waited for faster"),
                run(
                        "TIME015",
                        "a node took too long",
                        "The body ran longer than timeout_ms of the edge that brought the item, or of a timeout surface, counted from its start. It was interrupted, and its late effects are refused.",
                        "raise timeout_ms, or say what follows: a retry, or another node that gets the item"),
                run(
                        "RUN130",
                        "windows hold as much as they may",
                        "A node that gives windows met max_keys, max_open or max_items of its window, so it failed for one item. What it holds is as it was.",
                        "raise the bound that the message names, or let windows end sooner; an error handler of the node says what becomes of such items"),
                run(
                        "CAP101",
                        "capabilities are missing",
                        "Before anything runs, each effect hint that starts with resource:: must be bound, and each binding must promise what the flow asks of it. The message lists what is not.",
                        "give the runtime a provider for each line"),
                run(
                        "CTRL901",
                        "a control surface does not run here",
                        "The document is valid, but this kind of surface has no implementation in this runtime.",
                        "say the same with nodes and edges"),
                run(
                        "CHOICE101",
                        "a branch over a sealed type misses an arm",
                        "Every permitted class of the type needs an arm, or items of that class would have no way.",
                        "add .on(…) for each class named"),
                data(
                        "DATA201",
                        "a payload is not JSON",
                        "Payloads are strict JSON in UTF-8: one value, no comments, no trailing commas, no byte order mark.",
                        "correct the text at the place named"),
                data(
                        "DATA202",
                        "a value of a payload has the wrong type",
                        "The Java type of the payload says what stands where; text, numbers and booleans are not converted into each other.",
                        "send a value of the type named"),
                data(
                        "DATA203",
                        "a payload has an unknown member",
                        "Members that the Java type does not have are refused, because they are mostly misspelt.",
                        "spell the member as the type does, or leave it out"),
                data(
                        "DATA204",
                        "a payload lacks a value",
                        "Every component of a record must be there and not be null, unless it is an Optional or marked @Nullable.",
                        "add the value"),
                data(
                        "DATA205",
                        "the @type of a payload is none of its types",
                        "A sealed type is told apart by a member @type with the simple name of a permitted class.",
                        "use one of the names listed"),
                data(
                        "DATA206",
                        "a payload is beyond a limit of form",
                        "Depth, and the length of numbers and names, are bounded.",
                        "make the payload plainer, or raise the limit of the codec"),
                data(
                        "DATA207",
                        "the Java type refused a value",
                        "The constructor of the type threw an exception: the values are of the right types but do not make sense together.",
                        "read the message of the exception"),
                data(
                        "DATA208",
                        "a payload is too long",
                        "The size of payloads is bounded in bytes.",
                        "pass large content by reference, or raise the limit of the codec"),
                data(
                        "DATA209",
                        "a value cannot be written as JSON",
                        "Something in the value has no JSON form, or an accessor threw an exception.",
                        "read the cause in the message"),
                data(
                        "DATA210",
                        "a Java type has no JSON form",
                        "Only records, sealed types, collections and plain values are read from JSON.",
                        "make it a record, and let its module open the package"));
    }

    private static Code run(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "runtime", Severity.ERROR, summary, explanation, suggestion);
    }

    private static Code data(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "payload", Severity.ERROR, summary, explanation, suggestion);
    }
}
