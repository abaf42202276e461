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

    /** JSON of any kind, besides what the types of its flows say. */
    static final String VALUES = "edge.values";

    /** Nothing of the worker ever waits, so its requests need no coroutines. */
    static final String STILL = "edge.still";

    /** Something waits: every request runs in a coroutine. */
    static final String WAITING = "edge.waiting";

    /** Payloads made of the parameters of path and query. */
    static final String PARAMETERS = "edge.parameters";

    /** Durable runs that have to do with other objects than their own. */
    static final String TIES = "edge.runs.ties";

    /** Durable runs that others do steps of. */
    static final String KIN = "edge.runs.kin";

    /** Durable runs that wait for signals to a key. */
    static final String KEYS = "edge.runs.keys";

    /** Durable runs that can be begun anew. */
    static final String ANEW = "edge.runs.anew";

    /** Durable runs that are listed. */
    static final String LISTS = "edge.runs.lists";

    private Features() {}
}
