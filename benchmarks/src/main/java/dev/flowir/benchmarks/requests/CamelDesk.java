package dev.flowir.benchmarks.requests;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** Camel: routes over direct endpoints, the two prices by multicast and an aggregation. */
final class CamelDesk implements Desk {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    CamelDesk(Bodies bodies) throws Exception {
        context.addRoutes(new Routes(bodies));
        context.start();
        template = context.createProducerTemplate();
    }

    @Override
    public Quote ask(Order order) {
        return Objects.requireNonNull(template.requestBody("direct:order", order, Quote.class));
    }

    @Override
    public void close() {
        context.stop();
    }

    private static final class Routes extends RouteBuilder {
        private final Bodies bodies;

        Routes(Bodies bodies) {
            this.bodies = bodies;
        }

        @Override
        public void configure() {
            from("direct:order")
                    .process(it -> set(it, bodies.validate().apply(body(it, Order.class))))
                    .multicast((before, now) -> joined(before, now))
                    .to("direct:goods", "direct:freight")
                    .end()
                    .process(it -> set(it, bodies.respond().apply(body(it, Quote.class))));
            from("direct:goods")
                    .process(it -> set(it, bodies.goods().apply(body(it, Order.class))));
            from("direct:freight")
                    .process(it -> set(it, bodies.freight().apply(body(it, Order.class))));
        }

        private Exchange joined(@Nullable Exchange before, @Nullable Exchange now) {
            Exchange last = Objects.requireNonNull(now);
            if (before != null) {
                Price goods = body(before, Price.class);
                set(last, bodies.total().apply(goods, body(last, Price.class)));
            }
            return last;
        }

        private static <T> T body(Exchange exchange, Class<T> type) {
            return Objects.requireNonNull(exchange.getMessage().getBody(type));
        }

        private static void set(Exchange exchange, Object body) {
            exchange.getMessage().setBody(body);
        }
    }
}
