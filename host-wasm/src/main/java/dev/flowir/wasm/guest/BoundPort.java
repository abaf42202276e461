package dev.flowir.wasm.guest;

import dev.flowir.ir.JsonValue;
import java.util.List;

/** A port with the handle of one attempt. */
record BoundPort(List<String> methods, Calls calls) {

    BoundPort {
        methods = List.copyOf(methods);
    }

    interface Calls {
        JsonValue call(String method, List<JsonValue> arguments) throws Exception;
    }
}
