package dev.flowir.wasm;

import org.teavm.jso.JSObject;

/** A database of D1, as {@code sql.mjs} hands it out. */
interface JsD1 extends JSObject {

    /** Statements on their way together. */
    interface Batch extends JSObject {
        JsTables.Parameters statement(String sql);

        void send(JsTables.Done done, JsPlatform.TextCallback failed);
    }

    Batch batch();
}
