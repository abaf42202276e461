package dev.flowir.ir;

/** The schema of a node's input or output: unnamed, or named by text that is compared exactly. */
public sealed interface SchemaRef {

    /** No statement about the shape: fits every other schema. */
    record Opaque() implements SchemaRef {}

    /**
     * A schema known by name.
     *
     * @param name any text; two named schemas fit when their names are equal
     */
    record Named(String name) implements SchemaRef {}

    /** {@return the schema that fits everything} */
    static SchemaRef opaque() {
        return new Opaque();
    }

    /**
     * {@return the schema called {@code name}}
     *
     * @param name name of the schema
     */
    static SchemaRef named(String name) {
        return new Named(name);
    }
}
