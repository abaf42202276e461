package dev.flowir.http.model;

import java.util.List;
import java.util.Optional;

/**
 * A whole answer. It can be a payload.
 *
 * @param operation names the question; the same in each attempt at it
 * @param attempt which attempt at the question this is, from 1
 * @param model that answered, as the service calls it, else as it was asked for
 * @param text in words; may be empty when tools are wanted
 * @param toolUses the tools that the model wants, in its order
 * @param finish why it ended
 * @param usage what it took; empty when the service did not say
 */
public record TextAnswer(
        String operation,
        int attempt,
        String model,
        String text,
        List<ToolUse> toolUses,
        Finish finish,
        Optional<Usage> usage) {

    /** Copies the list. */
    public TextAnswer {
        toolUses = List.copyOf(toolUses);
    }

    /** {@return the answer as part of a conversation} */
    public Message asMessage() {
        return new Message.Reply(text, toolUses);
    }
}
