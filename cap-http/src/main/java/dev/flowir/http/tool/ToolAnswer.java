package dev.flowir.http.tool;

import dev.flowir.ir.JsonValue;
import java.util.List;
import java.util.Optional;

/** What a tool said. It can be a payload. */
public sealed interface ToolAnswer {

    /** {@return the parts of text, a line each} */
    String text();

    /** {@return all parts as the protocol has them: text, images, links} */
    List<JsonValue> content();

    /**
     * The answer of a tool that did its work.
     *
     * @return this
     * @throws ToolException of {@link ToolFault#TOOL_FAILED} when it did not
     */
    Done orThrow();

    /**
     * The tool did its work.
     *
     * @param text its parts of text
     * @param structured what it gave as JSON
     * @param content all parts
     */
    record Done(String text, Optional<JsonValue> structured, List<JsonValue> content)
            implements ToolAnswer {

        /** Copies the list. */
        public Done {
            content = List.copyOf(content);
        }

        @Override
        public Done orThrow() {
            return this;
        }
    }

    /**
     * The tool says that it could not do its work. That is for whoever called it, often a model, to
     * make something of.
     *
     * @param tool its name
     * @param text what it says
     * @param content all parts
     */
    record Failed(String tool, String text, List<JsonValue> content) implements ToolAnswer {

        /** Copies the list. */
        public Failed {
            content = List.copyOf(content);
        }

        @Override
        public Done orThrow() {
            // not its text: a tool may send back what it was called with, keys too
            throw new ToolException(
                    ToolFault.TOOL_FAILED,
                    "the tool '" + tool + "' says that it failed; text() of its answer says why");
        }
    }
}
