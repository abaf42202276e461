package refused;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeRoutes;

public final class Refused implements EdgeApplication {

    public record Greeting(String name) {}

    public Refused() {}

    @Override
    public EdgeRoutes routes() {
        Node<Greeting, String> greet =
                Node.pure("greet", Greeting.class, String.class, it -> "hello " + it.name());
        return EdgeRoutes.none()
                .bind(EdgeBindings.secrets("vault", "payments.key"))
                .post("/greet", Flow.define("greet", "1.0.0", Greeting.class, (g, in) -> g.then(in, greet)));
    }
}
