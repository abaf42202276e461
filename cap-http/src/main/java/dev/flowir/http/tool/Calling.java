package dev.flowir.http.tool;

import dev.flowir.kernel.cap.Scope;

/** The calling handle of one attempt. */
final class Calling extends Asking implements ToolCaller {

    Calling(Rpc rpc, ToolSettings settings, Scope scope) {
        super(rpc, settings, scope);
    }

    @Override
    public ToolAnswer call(ToolCall call) {
        return called(call);
    }
}
