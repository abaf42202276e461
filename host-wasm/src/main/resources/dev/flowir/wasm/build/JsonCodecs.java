package dev.flowir.ir.json;

import dev.flowir.ir.Codec;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Type;
import dev.flowir.wasm.json.FormBook;

/** What code that asks for JSON codecs gets in an isolate: the forms that the worker was built with. */
public final class JsonCodecs implements Codecs {

    private JsonCodecs() {}

    public static JsonCodecs strict() {
        return new JsonCodecs();
    }

    /** Bounds are those of the forms. */
    public JsonCodecs with(JsonLimits limits) {
        return this;
    }

    @Override
    public <T> Codec<T> of(Type<T> type) {
        return FormBook.ofWorker().of(type);
    }
}
