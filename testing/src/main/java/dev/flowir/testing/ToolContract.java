package dev.flowir.testing;

import dev.flowir.http.tool.ToolException;
import dev.flowir.http.tool.ToolFault;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every provider of tools keeps: one session of the protocol, each call once, and an end in an
 * answer or a coded fault that shows no secret.
 */
public final class ToolContract {

    private ToolContract() {}

    /** {@return the rules TOOL-01 and on} */
    public static Contract<ToolBench> rules() {
        return new Contract<>(
                "tool",
                Stream.of(ToolCallRules.rules(), ToolFaultRules.rules())
                        .flatMap(List::stream)
                        .toList());
    }

    /** Work is refused with a fault. */
    static ToolException refused(ToolFault fault, Expect.Work work) {
        ToolException refusal = Expect.refused("the call", ToolException.class, work);
        Expect.equal("the fault of '" + refusal.getMessage() + "'", fault, refusal.fault());
        Expect.that(
                "the message '" + refusal.getMessage() + "' begins with the code",
                String.valueOf(refusal.getMessage()).startsWith("[" + fault.code() + "] "));
        return refusal;
    }
}
