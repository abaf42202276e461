package dev.flowir.wasm.build;

import java.util.Map;
import java.util.TreeSet;
import org.teavm.dependency.DependencyInfo;
import org.teavm.model.AnnotationReader;
import org.teavm.model.ClassReader;
import org.teavm.model.MethodReader;
import org.teavm.model.MethodReference;

/**
 * Pieces of JavaScript that Java code carries in {@code @JSBody}. WebAssembly makes functions of
 * their text when it starts, which isolates forbid; so the few that TeaVM's own library has are
 * known to the patched runtime, and others are refused when the worker is built.
 */
final class JsBodies {

    private static final String ANNOTATION = "org.teavm.jso.JSBody";

    /** Parameters and text, and the function that they mean. */
    static final Map<String, String> KNOWN =
            Map.of(
                    "str|return str;",
                    "(str) => str",
                    "number|return number;",
                    "(number) => number",
                    "obj|return typeof obj=='undefined';",
                    "(obj) => typeof obj === 'undefined'",
                    "object|return object.toString();",
                    "(object) => object.toString()",
                    // SecureRandom
                    "return crypto!=null;",
                    "() => true");

    private JsBodies() {}

    static void refuseUnknown(DependencyInfo program) throws BuildException {
        TreeSet<String> unknown = new TreeSet<>();
        for (MethodReference reference : program.getReachableMethods()) {
            if (isTeaVms(reference.getClassName())) {
                continue;
            }
            ClassReader type = program.getClassSource().get(reference.getClassName());
            MethodReader method = type == null ? null : type.getMethod(reference.getDescriptor());
            AnnotationReader body = method == null ? null : method.getAnnotations().get(ANNOTATION);
            if (body != null) {
                unknown.add(reference.toString());
            }
        }
        if (!unknown.isEmpty()) {
            throw new BuildException(
                    "WebAssembly in an isolate cannot run @JSBody, use an interface of JSObject"
                            + " instead or build for JavaScript: "
                            + String.join(", ", unknown));
        }
    }

    /** Most of the library's are replaced by WebAssembly's own means, which only it knows. */
    private static boolean isTeaVms(String type) {
        return type.startsWith("java.") || type.startsWith("org.teavm.");
    }
}
