package dev.flowir.wasm.guest;

import java.util.List;
import java.util.Set;
import org.graalvm.polyglot.Context;

/** The code of a guest, in one of the languages. */
sealed interface GuestCode permits JavaScriptCode, WebAssemblyCode {

    /** The language, as the engine names it. */
    String language();

    /** Adds what the language wants of a context. */
    Context.Builder prepare(Context.Builder context, GuestLimits limits);

    /** Loads the code into a new context. Whatever it throws says that there is no such guest. */
    Loaded load(Context context);

    /** Code in one context; used by one thread at a time. */
    interface Loaded {

        /** What nodes can call. */
        Set<String> functions();

        /** {@return the answer, as JSON} */
        String call(String function, String input, List<List<String>> ports, PortCalls calls);
    }

    /** Calls a method of a port; arguments and answer are JSON. */
    @FunctionalInterface
    interface PortCalls {
        String call(int port, String method, String arguments);
    }
}
