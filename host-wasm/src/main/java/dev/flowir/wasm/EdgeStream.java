package dev.flowir.wasm;

import dev.flowir.ir.ItemStream;
import dev.flowir.kernel.Failure;
import java.util.Optional;

/** A stream of a run: what the run tells it, and what its consumer sees. */
interface EdgeStream extends ItemStream<Object> {

    /** An item came. */
    void item(Object value);

    /** Nothing follows. */
    void end(Optional<Failure> failure);

    /** How a stream ends that its producer ended, or that broke. */
    static Next<Object> last(Optional<Failure> failure) {
        Optional<Next<Object>> how = failure.map(it -> new Broken<>(it.code(), it.message()));
        return how.orElseGet(End::new);
    }
}
