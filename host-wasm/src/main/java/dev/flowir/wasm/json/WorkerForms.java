package dev.flowir.wasm.json;

/**
 * The forms of this worker. Who builds a worker writes another class of this name, which names the
 * class with its forms: a service would be looked for where the application is looked for, and then
 * all that asks for JSON would wait as soon as something does that the application makes.
 */
final class WorkerForms {

    private WorkerForms() {}

    /** {@return the forms of all types that cross its boundary} */
    static FormBook read() {
        return new FormBook();
    }
}
