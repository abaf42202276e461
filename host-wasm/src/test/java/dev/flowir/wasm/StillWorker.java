package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import java.util.List;
import java.util.Optional;

/** Flows that only compute, in a worker that therefore needs no coroutines. */
public class StillWorker implements EdgeApplication {

    /**
     * What is bought.
     *
     * @param name what
     * @param cents price of one
     * @param note anything
     */
    public record Item(String name, int cents, Optional<String> note) {}

    /**
     * What is bought together.
     *
     * @param items what
     * @param paid what was paid already
     */
    public record Basket(List<Item> items, long paid) {}

    /**
     * What is owed.
     *
     * @param cents the sum
     * @param names of what
     */
    public record Bill(long cents, List<String> names) {}

    /** For the service loader. */
    public StillWorker() {}

    @Override
    public EdgeRoutes routes() {
        Node<String, String> echo = Node.pure("echo", String.class, String.class, it -> it);
        Node<String, String> small = Node.pure("small", String.class, String.class, it -> it);
        Node<String, String> fails =
                Node.pure("fails", String.class, String.class, StillWorker::fail);
        Node<Basket, Long> sum = Node.pure("sum", Basket.class, Long.class, StillWorker::sum);
        Flow<Basket, Bill> bill =
                Flow.define(
                        "bill",
                        "1.0.0",
                        Basket.class,
                        (g, in) ->
                                g.join(
                                        "bill",
                                        in,
                                        g.then(in, sum),
                                        Bill.class,
                                        (basket, cents) ->
                                                new Bill(
                                                        cents,
                                                        basket.items().stream()
                                                                .map(Item::name)
                                                                .toList())));
        return EdgeRoutes.none()
                .post("/echo", one(echo))
                .post("/fails", one(fails))
                .route("POST", "/small", one(small), it -> it.maxBody(10))
                .post("/bill", bill);
    }

    static Flow<String, String> one(Node<String, String> node) {
        return Flow.define(node.name(), "1.0.0", String.class, (g, in) -> g.then(in, node));
    }

    private static String fail(String text) {
        throw new IllegalStateException("refused: " + text);
    }

    private static long sum(Basket basket) {
        long sum = -basket.paid();
        for (Item item : basket.items()) {
            sum += item.cents();
        }
        return sum;
    }
}
