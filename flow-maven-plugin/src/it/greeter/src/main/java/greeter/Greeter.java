package greeter;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;

public final class Greeter implements EdgeApplication {

    public record Greeting(String name) {}

    public Greeter() {}

    @Override
    public EdgeRoutes routes() {
        Node<Greeting, String> greet =
                Node.pure("greet", Greeting.class, String.class, it -> "hello " + it.name());
        return EdgeRoutes.none()
                .post("/greet", Flow.define("greet", "1.0.0", Greeting.class, (g, in) -> g.then(in, greet)));
    }
}
