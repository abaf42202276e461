package dev.flowir.wasm;

import dev.flowir.ir.Type;
import java.util.List;

/** A provider through which the platform comes in, too: it keeps objects for the program. */
interface EdgeDoor {

    /**
     * An object is in memory from now on.
     *
     * @return false when its class is another provider's
     */
    boolean wake(EdgeHost host, JsObject object);

    /** Types that need JSON besides those of flows. */
    List<Type<?>> types();
}
