package dev.flowir.wasm;

import dev.flowir.testing.HostNotes;
import dev.flowir.testing.SurfaceCase;
import dev.flowir.testing.SurfaceCases;

/** The flows over control surfaces, each under its number. */
public final class SurfaceWorker implements EdgeApplication {

    /** For packaging. */
    public SurfaceWorker() {}

    @Override
    public EdgeRoutes routes() {
        EdgeRoutes routes = EdgeRoutes.none().bind(HostNotes.inMemory());
        for (SurfaceCase one : SurfaceCases.all()) {
            routes = routes.post("/" + one.id(), one.flow());
        }
        return routes;
    }
}
