package dev.flowir.ir.json;

import dev.flowir.ir.check.Diagnostic;

/** What reading a text as a flow came to. */
public sealed interface FlowReading {

    /**
     * The text is a flow. Whether the flow may run is another question: {@link FlowDocument#check}.
     *
     * @param document the flow with its places in the text
     */
    record Read(FlowDocument document) implements FlowReading {}

    /**
     * The text is no flow.
     *
     * @param error the first thing wrong with it: code, message, JSON pointer, line and column,
     *     suggestion
     */
    record Refused(Diagnostic error) implements FlowReading {}
}
