package dev.flowir.wasm;

import dev.flowir.wasm.json.FormBook;

/** Gives the forms that were written for a worker when it was built. */
@FunctionalInterface
public interface FormSource {

    /** {@return the forms of all types that cross its boundary} */
    FormBook forms();
}
