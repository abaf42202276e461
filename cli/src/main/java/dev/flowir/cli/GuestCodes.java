package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** Why guests are refused and their calls stopped, explained. */
final class GuestCodes {

    private GuestCodes() {}

    static List<Code> all() {
        return List.of(
                code(
                        "GUEST101",
                        "a guest cannot be loaded",
                        "Its text is no module of its language, or wants what guests do not have:"
                                + " other modules, imports that are no methods of ports.",
                        "mend the place that the message names"),
                code(
                        "GUEST102",
                        "a guest has no such function",
                        "A node of a guest is one of the functions that its module exports.",
                        "export it, or take one of those that the message lists"),
                code(
                        "GUEST103",
                        "a limit of a guest is out of its bounds",
                        "Each limit has a least and a most, so that none means anything or nothing.",
                        "choose one between those of the message"),
                code(
                        "GUEST201",
                        "a guest took too much processor time",
                        "The call was stopped, and its context thrown away.",
                        "look for a loop that does not end, or raise GuestLimits.cpuTime"),
                code(
                        "GUEST202",
                        "a guest made too many bytes",
                        "The call was stopped, and its context thrown away. What became garbage"
                                + " counts too.",
                        "pass less, or raise GuestLimits.allocatedBytes"),
                code(
                        "GUEST203",
                        "a guest threw, or trapped",
                        "The message has what it threw, with file, line and column.",
                        "mend the guest; a clock, chance and eval are not there on purpose"),
                code(
                        "GUEST204",
                        "a guest answered what was not agreed",
                        "An answer is JSON of the node's type, and arguments of a port are an array.",
                        "compare the answer with the type at the place that the message names"),
                code(
                        "GUEST205",
                        "a message of a guest is too large",
                        "Inputs, answers and what passes through ports have one bound.",
                        "pass keys in place of contents, or raise GuestLimits.messageBytes"),
                code(
                        "GUEST206",
                        "a guest was closed",
                        "Its contexts are gone.",
                        "close guests after the runtimes that use them"));
    }

    private static Code code(String code, String title, String why, String suggestion) {
        return new Code(code, "guest", Severity.ERROR, title, why, suggestion);
    }
}
