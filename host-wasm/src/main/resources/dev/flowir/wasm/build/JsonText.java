package dev.flowir.ir.json;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.wasm.json.JsonOut;

/** JSON values as text in an isolate. */
public final class JsonText {

    private JsonText() {}

    public static String compact(JsonValue value) {
        JsonOut out = new JsonOut();
        try {
            out.value(value);
        } catch (CodecException none) {
            throw new IllegalArgumentException(none.getMessage(), none);
        }
        return out.take();
    }
}
