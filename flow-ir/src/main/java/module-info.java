/** The language: the IR as records, typed authoring, the checker, JSON, renderers and the plan. */
@org.jspecify.annotations.NullMarked
module dev.flowir.ir {
    requires static org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports dev.flowir.ir;
    exports dev.flowir.ir.check;
    exports dev.flowir.ir.diff;
    exports dev.flowir.ir.json;
    exports dev.flowir.ir.plan;
    exports dev.flowir.ir.render;
}
