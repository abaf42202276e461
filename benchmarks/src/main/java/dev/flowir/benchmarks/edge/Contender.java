package dev.flowir.benchmarks.edge;

import dev.flowir.wasm.build.Target;
import java.util.Optional;

/** Who answers. */
enum Contender {
    HAND("by hand", Optional.empty()),
    JAVASCRIPT("Flow IR, JavaScript", Optional.of(Target.JAVASCRIPT)),
    WEBASSEMBLY("Flow IR, WebAssembly", Optional.of(Target.WEBASSEMBLY));

    private final String title;
    private final Optional<Target> target;

    Contender(String title, Optional<Target> target) {
        this.title = title;
        this.target = target;
    }

    String title() {
        return title;
    }

    /** What flows are compiled to; empty for JavaScript that somebody wrote. */
    Optional<Target> target() {
        return target;
    }
}
