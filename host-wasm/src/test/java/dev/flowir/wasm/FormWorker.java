package dev.flowir.wasm;

import dev.flowir.testing.FormFlows;
import dev.flowir.testing.HostRoute;
import java.util.List;

/** The flows that take forms alike on every host, and one that a guard is before. */
public final class FormWorker implements EdgeApplication {

    /** For the service loader. */
    public FormWorker() {}

    @Override
    public EdgeRoutes routes() {
        EdgeRoutes routes = EdgeRoutes.none().bind(EdgeBindings.blobs(FormFlows.BINDING));
        for (HostRoute each : FormFlows.plain()) {
            routes = routes.post(each.path(), each.flow());
        }
        for (FormFlows.Route each : FormFlows.forms()) {
            routes =
                    routes.form(
                            each.method(),
                            each.path(),
                            each.flow(),
                            it -> it,
                            EdgeForm.into(FormFlows.BINDING, FormFlows.PREFIX)
                                    .limits(each.limits()));
        }
        return routes.form(
                "POST",
                "/honest",
                FormFlows.forms().getFirst().flow(),
                it -> it,
                EdgeForm.into(FormFlows.BINDING, FormFlows.PREFIX)
                        .guarded(List.of(GuardWorker.HONEST)));
    }
}
