package dev.flowir.ir.json;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.SourceMap;
import java.util.ArrayList;
import java.util.List;

/**
 * A flow that was read from text, and what the text says beyond it.
 *
 * @param flow the flow
 * @param places finds elements of the flow in the text
 * @param notes warnings about parts of the text that did not get into the flow, such as a misspelt
 *     field
 */
public record FlowDocument(FlowDefinition flow, SourceMap places, List<Diagnostic> notes) {

    /** Copies the list. */
    public FlowDocument {
        notes = List.copyOf(notes);
    }

    /**
     * Checks the flow.
     *
     * @param hints what hints demand, usually {@link HintTable#FULL}
     * @return the findings of the checker, then the notes, all with their positions in the text
     */
    public List<Diagnostic> check(HintTable hints) {
        List<Diagnostic> all = new ArrayList<>(Checker.check(flow, hints));
        all.addAll(notes);
        return Checker.locate(all, places);
    }
}
