package dev.flowir.http.tool;

/** Calls tools. For one attempt. */
public interface ToolCaller extends ToolReader {

    /**
     * Calls a tool, at most once. The server is told the key of the work as {@code
     * _meta["dev.flowir/idempotency-key"]}, for tools that know repeats by it.
     *
     * @param call which, and with what
     * @return what the tool said, also that it failed
     * @throws ToolException when there is no answer; it is retriable only where nothing was done
     */
    ToolAnswer call(ToolCall call);
}
