package dev.flowir.http.tool;

import java.util.List;

/** Lists tools, and calls those that only read. For one attempt. */
public interface ToolReader {

    /**
     * What the server offers now.
     *
     * @return all tools, in the server's order
     * @throws ToolException when there is no answer
     */
    List<ToolInfo> list();

    /**
     * Calls a tool that only reads.
     *
     * @param call which, and with what
     * @return what the tool said, also that it failed
     * @throws ToolException of {@link ToolFault#NOT_READING} when {@link ToolSettings#reading} does
     *     not name the tool; when there is no answer. Another attempt does no harm
     */
    ToolAnswer ask(ToolCall call);
}
