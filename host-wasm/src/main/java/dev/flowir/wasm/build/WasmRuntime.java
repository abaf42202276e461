package dev.flowir.wasm.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The JavaScript that TeaVM's WebAssembly needs, without the places where it makes code from text:
 * isolates forbid that. Each place is replaced by its meaning; a text other than the one that was
 * read for this is refused, so that nothing is replaced that nobody has looked at.
 */
final class WasmRuntime {

    private static final String RESOURCE = "org/teavm/backend/wasm/wasm-gc-module-runtime.js";

    /** SHA-256 of the text of TeaVM 0.15.0. */
    private static final String KNOWN =
            "05a76aaced9113a89533c1b6609e19dcb2a484bb7f20593f4980e0cfbb6b9787";

    private static final String GET_GLOBAL =
            """
            function getGlobalName(name) {
              let value = globalThis;
              for (const part of name.split(".")) {
                if (value === globalThis && !(part in value)) throw new ReferenceError(part + " is not defined");
                value = value[part];
              }
              return value;
            }\
            """;

    private static final String SET_GLOBAL =
            """
            function setGlobalName(name, value) {
              const parts = name.split(".");
              const last = parts.pop();
              parts.reduce((object, part) => object[part], globalThis)[last] = value;
            }\
            """;

    private static final String DEFINE_FUNCTION =
            """
            function adapt(fn, vararg, withThis) {
                const count = fn.length - (withThis ? 1 : 0);
                const failed = (e) => {
                  context.ended(e);
                  rethrowJavaAsJs(e);
                };
                // Callbacks of a request; a list of what they are given would be made for each.
                if (withThis && !vararg && count === 0) {
                  return function() { try { return fn(this); } catch (e) { failed(e); } };
                }
                if (withThis && !vararg && count === 1) {
                  return function(one) { try { return fn(this, one); } catch (e) { failed(e); } };
                }
                return function(...given) {
                  const args = vararg ? [...given.slice(0, count - 1), given.slice(count - 1)] : given;
                  args.length = count;
                  try {
                    return withThis ? fn(this, ...args) : fn(...args);
                  } catch (e) {
                    failed(e);
                  }
                };
              }
              function defineFunction(fn, vararg) {
                return adapt(fn, vararg, false);
              }\
            """;

    /** Where the glue hears of what ended the program. */
    private static final String DEFAULTS = "function defaults(imports, userExports, stringBuiltins";

    private static final String EXPORTS = "    exports: null,\n";

    /**
     * Coroutines begin when the event that starts them is over. The program asks for that by a
     * timer of no time, which the platform is slow to fire.
     */
    private static final String ASYNC =
            """
            function asyncImports(imports, context) {
              const entered = (instance, fn) => {
                try {
                  fn(instance);
                } catch (e) {
                  context.ended(e);
                  throw e;
                }
              };
              imports.teavmAsync = {
                offer(instance, fn, time) {
                  const dt = time - Date.now();
                  if (dt > 0) return setTimeout(entered, dt, instance, fn);
                  queueMicrotask(() => entered(instance, fn));
                  return 0;
                },
                kill(id) {
                  clearTimeout(id);
                }
              };
            }\
            """;

    private static final String RENAME_CONSTRUCTOR =
            """
            function renameConstructor(name, c) {
                const renamed = function(marker, javaObject) {
                  return c.call(this, marker, javaObject);
                };
                Object.defineProperty(renamed, "name", { value: name });
                return renamed;
              }\
            """;

    private static final String DEFINE_METHOD =
            """
            defineMethod(cls, name, fn, vararg) {
                  cls.prototype[name] = adapt(fn, vararg, true);
                }\
            """;

    /**
     * What is passed to JavaScript is passed once: a callback of one call. So it has no other
     * identity there than that of the call, and no table of weak references to find it again by,
     * which the collector pays for with every request.
     */
    private static final String TO_JS =
            """
            javaObjectToJS(instance, cls) {
                  return instance === null ? null : new cls(instance);
                }\
            """;

    private static final String AS_FUNCTION =
            """
            asFunction(instance, propertyName) {
                  if (instance === null || instance === void 0) return null;
                  const result = function() {
                    return instance[propertyName].apply(instance, arguments);
                  };
                  result[functionOriginSymbol] = instance;
                  instance[functionsSymbol] = { [propertyName]: result };
                  return result;
                }\
            """;

    private static final String CALLS =
            """
              const guarded = (call) => {
                try {
                  return call();
                } catch (e) {
                  rethrowJsAsJava(e);
                }
              };
              for (let i = 0; i < 32; ++i) {
                const jso = imports.teavmJso;
                jso["createFunction" + i] = (...parts) => {
                  const known = bodies[parts.join("|")];
                  if (known === undefined) throw new Error("no function is made from text here: " + parts.join("|"));
                  return (...args) => guarded(() => known(...args));
                };
                jso["bindFunction" + i] = (fn, ...args) => fn.bind(null, ...args);
                jso["callFunction" + i] = (fn, ...args) => guarded(() => fn(...args));
                jso["callMethod" + i] = (instance, method, ...args) =>
                  guarded(() => instance !== null ? instance[method](...args) : getGlobalName(method)(...args));
                // Calls of a request; a list of what they are given would be made for each.
                if (i === 0) jso.callMethod0 = (it, name) => {
                  try {
                    return it !== null ? it[name]() : getGlobalName(name)();
                  } catch (e) {
                    rethrowJsAsJava(e);
                  }
                };
                if (i === 1) jso.callMethod1 = (it, name, one) => {
                  try {
                    return it !== null ? it[name](one) : getGlobalName(name)(one);
                  } catch (e) {
                    rethrowJsAsJava(e);
                  }
                };
                if (i === 2) jso.callMethod2 = (it, name, one, two) => {
                  try {
                    return it !== null ? it[name](one, two) : getGlobalName(name)(one, two);
                  } catch (e) {
                    rethrowJsAsJava(e);
                  }
                };
                jso["construct" + i] = (constructor, ...args) => guarded(() => new constructor(...args));
                jso["arrayOf" + i] = (...args) => args;
              }
              // Texts, as JsText has them: many characters with each call.
              Object.assign(imports.teavmJso, {
                join(before, count, a, b, c, d, e, f, g, h) {
                  const all = String.fromCharCode(
                    a & 65535, a >>> 16, b & 65535, b >>> 16, c & 65535, c >>> 16, d & 65535, d >>> 16,
                    e & 65535, e >>> 16, f & 65535, f >>> 16, g & 65535, g >>> 16, h & 65535, h >>> 16);
                  const part = count < 16 ? all.slice(0, count) : all;
                  return before === null ? part : before + part;
                },
                length: (text) => text?.length ?? -1,
                codes(text, at) {
                  const a = text.charCodeAt(at), b = text.charCodeAt(at + 1);
                  const c = text.charCodeAt(at + 2), d = text.charCodeAt(at + 3);
                  return (a | b | c | d) > 127 ? -1 : a | b << 7 | c << 14 | d << 21;
                },
                code: (text, at) => text.charCodeAt(at)
              });
            }
            """;

    private WasmRuntime() {}

    /** The patched text, as a module that exports {@code defaults}. */
    static String patched() throws BuildException {
        return patch(original());
    }

    static String original() throws BuildException {
        ClassLoader loader = org.teavm.tooling.TeaVMTool.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new BuildException("TeaVM has no " + RESOURCE);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new BuildException("cannot read " + RESOURCE, unreadable);
        }
    }

    static String patch(String original) throws BuildException {
        String hash = sha256(original);
        if (!hash.equals(KNOWN)) {
            throw new BuildException(
                    "TeaVM's WebAssembly runtime has changed (SHA-256 "
                            + hash
                            + "): read it again and adapt the patch before building workers");
        }
        String text = function(original, "function getGlobalName(name)", GET_GLOBAL);
        text = function(text, "function setGlobalName(name, value)", SET_GLOBAL);
        text = function(text, "function defineFunction(fn, vararg)", DEFINE_FUNCTION);
        text = instead(text, DEFAULTS, DEFAULTS + ", ended");
        text = instead(text, EXPORTS, EXPORTS + "    ended,\n");
        text = instead(text, "  asyncImports(imports);", "  asyncImports(imports, context);");
        text = function(text, "function asyncImports(imports)", ASYNC);
        text = function(text, "function renameConstructor(name, c)", RENAME_CONSTRUCTOR);
        text = function(text, "defineMethod(cls, name, fn, vararg)", DEFINE_METHOD);
        text = function(text, "javaObjectToJS(instance, cls)", TO_JS);
        text = function(text, "asFunction(instance, propertyName)", AS_FUNCTION);
        // An object less for each look at the clock.
        text = instead(text, "(/* @__PURE__ */ new Date()).getTime(),", "Date.now(),");
        // It links what other languages are compiled to, and finds memory as our glue does.
        text = without(text, "function align(address, shift) {", "function coreImports(");
        text = function(text, "function getMemoryDefaults(module)", "");
        text =
                between(
                        text,
                        "  const argumentList = [];",
                        "function wrapImport(",
                        CALLS + bodies() + "export { defaults };\n");
        if (text.contains("new Function(")) {
            throw new BuildException("the patched runtime still makes code from text");
        }
        return text;
    }

    private static String bodies() {
        StringBuilder text = new StringBuilder("const bodies = {\n");
        JsBodies.KNOWN.forEach((key, function) ->
                text.append("  \"").append(key).append("\": ").append(function).append(",\n"));
        return text.append("};\n").toString();
    }

    /** Replaces a function from its head to its closing brace. */
    private static String function(String text, String head, String replacement)
            throws BuildException {
        int from = only(text, head);
        int depth = 0;
        for (int at = text.indexOf('{', from); at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 && c == '}') {
                return text.substring(0, from) + replacement + text.substring(at + 1);
            }
        }
        throw new BuildException("the runtime's '" + head + "' does not end");
    }

    private static String instead(String text, String part, String other) throws BuildException {
        int at = only(text, part);
        return text.substring(0, at) + other + text.substring(at + part.length());
    }

    /** Leaves out what stands from {@code from} up to {@code to}. */
    private static String without(String text, String from, String to) throws BuildException {
        return text.substring(0, only(text, from)) + text.substring(only(text, to));
    }

    /** Replaces everything from {@code from} to the end; {@code to} must follow it. */
    private static String between(String text, String from, String to, String replacement)
            throws BuildException {
        int start = only(text, from);
        if (text.indexOf(to, start) < 0) {
            throw new BuildException("the runtime has no '" + to + "' after '" + from + "'");
        }
        return text.substring(0, start) + replacement;
    }

    private static int only(String text, String part) throws BuildException {
        int at = text.indexOf(part);
        if (at < 0 || text.indexOf(part, at + 1) >= 0) {
            throw new BuildException("the runtime has not exactly one '" + part + "'");
        }
        return at;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
