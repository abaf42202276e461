package dev.flowir.wasm;

/** What a worker is built without when none of its flows has it, besides features of plans. */
final class Features {

    /** Answers that are streams. */
    static final String STREAMS = "edge.streams";

    /** Flows that messages and schedules run. */
    static final String JOBS = "edge.jobs";

    /** Objects that the platform keeps. */
    static final String OBJECTS = "edge.objects";

    /** Objects with sockets. */
    static final String SOCKETS = "edge.sockets";

    /** Payloads made of the parameters of path and query. */
    static final String PARAMETERS = "edge.parameters";

    private Features() {}
}
