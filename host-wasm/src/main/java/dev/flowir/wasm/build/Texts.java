package dev.flowir.wasm.build;

import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.MethodReference;
import org.teavm.model.ValueType;
import org.teavm.model.emit.ProgramEmitter;

/** Puts our way of texts between WebAssembly and JavaScript in the place of TeaVM's. */
final class Texts implements ClassHolderTransformer {

    private static final String THEIRS = "org.teavm.jso.impl.wasmgc.WasmGCJSRuntime";
    private static final String OURS = "dev.flowir.wasm.JsText";
    private static final ValueType TEXT = ValueType.object("java.lang.String");
    private static final ValueType OBJECT = ValueType.object("org.teavm.jso.JSObject");

    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (type.getName().equals(THEIRS)) {
            replace(type, "stringToJs", "toJs", TEXT, OBJECT, context);
            replace(type, "jsToString", "ofJs", OBJECT, TEXT, context);
        }
    }

    private static void replace(
            ClassHolder type,
            String theirs,
            String ours,
            ValueType given,
            ValueType made,
            ClassHolderTransformerContext context) {
        MethodHolder method = type.getMethod(new MethodDescriptor(theirs, given, made));
        if (method == null) {
            throw new IllegalStateException("TeaVM's WebAssembly has no " + theirs);
        }
        ProgramEmitter emitter = ProgramEmitter.create(method, context.getHierarchy());
        emitter.invoke(new MethodReference(OURS, ours, given, made), emitter.var(1, given))
                .returnValue();
    }
}
