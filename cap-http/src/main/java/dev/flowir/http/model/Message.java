package dev.flowir.http.model;

import java.util.List;

/** Something said in a conversation with a model. */
public sealed interface Message {

    /**
     * What the model is to be.
     *
     * @param text in words
     */
    record Instruction(String text) implements Message {}

    /**
     * What a person says.
     *
     * @param text in words
     */
    record Question(String text) implements Message {}

    /**
     * What the model said.
     *
     * @param text in words; may be empty when it wanted tools
     * @param toolUses the tools that it wanted
     */
    record Reply(String text, List<ToolUse> toolUses) implements Message {
        /** Copies the list. */
        public Reply {
            toolUses = List.copyOf(toolUses);
        }
    }

    /**
     * What a tool gave.
     *
     * @param useId the {@link ToolUse#id()} that it answers
     * @param tool name of the tool
     * @param text what it gave, usually JSON
     */
    record ToolResult(String useId, String tool, String text) implements Message {}
}
