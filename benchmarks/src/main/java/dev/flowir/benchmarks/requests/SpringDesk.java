package dev.flowir.benchmarks.requests;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.store.MessageGroup;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

/** Spring Integration: the two prices by scatter and gather, over direct channels. */
final class SpringDesk implements Desk {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();
    private final MessagingTemplate template = new MessagingTemplate();
    private final MessageChannel orders;

    SpringDesk(Bodies bodies) {
        context.registerBean(Bodies.class, () -> bodies);
        context.register(Drawing.class);
        context.refresh();
        orders = context.getBean("orders.input", MessageChannel.class);
    }

    @Override
    public Quote ask(Order order) {
        Quote quote = template.convertSendAndReceive(orders, order, Quote.class);
        if (quote == null) {
            throw new IllegalStateException("no answer");
        }
        return quote;
    }

    @Override
    public void close() {
        context.close();
    }

    /** What Spring is configured with. */
    @Configuration(proxyBeanMethods = false)
    @EnableIntegration
    static class Drawing {

        @Bean
        IntegrationFlow orders(Bodies bodies) {
            return flow ->
                    flow.transform(Order.class, bodies.validate()::apply)
                            .scatterGather(
                                    scatter ->
                                            scatter.applySequence(true)
                                                    .recipientFlow(it ->
                                                            it.transform(
                                                                    Order.class,
                                                                    bodies.goods()::apply))
                                                    .recipientFlow(it ->
                                                            it.transform(
                                                                    Order.class,
                                                                    bodies.freight()::apply)),
                                    gather ->
                                            gather.outputProcessor(group -> joined(bodies, group)))
                            .transform(Quote.class, bodies.respond()::apply);
        }

        private static Quote joined(Bodies bodies, MessageGroup group) {
            List<Price> prices =
                    ordered(group).map(message -> (Price) message.getPayload()).toList();
            return bodies.total().apply(prices.get(0), prices.get(1));
        }

        private static Stream<Message<?>> ordered(MessageGroup group) {
            return group.getMessages().stream()
                    .sorted((one, two) -> Integer.compare(sequence(one), sequence(two)));
        }

        private static int sequence(Message<?> message) {
            Integer number = message.getHeaders().get("sequenceNumber", Integer.class);
            return number == null ? 0 : number;
        }
    }
}
