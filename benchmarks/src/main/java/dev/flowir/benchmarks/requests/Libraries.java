package dev.flowir.benchmarks.requests;

import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The peers that compose one value, each drawn per request, as their guides do. */
final class Libraries {

    private Libraries() {}

    static Desk future(Bodies bodies) {
        return order -> {
            CompletableFuture<Order> valid =
                    CompletableFuture.completedFuture(order).thenApply(bodies.validate());
            return valid.thenApply(bodies.goods())
                    .thenCombine(valid.thenApply(bodies.freight()), bodies.total())
                    .thenApply(bodies.respond())
                    .join();
        };
    }

    static Desk rxjava(Bodies bodies) {
        return order ->
                Single.just(order)
                        .map(bodies.validate())
                        .flatMap(valid ->
                                Single.zip(
                                        Single.just(valid).map(bodies.goods()),
                                        Single.just(valid).map(bodies.freight()),
                                        bodies.total()))
                        .map(bodies.respond())
                        .blockingGet();
    }

    static Desk reactor(Bodies bodies) {
        return order ->
                answered(
                        Mono.just(order)
                                .map(bodies.validate())
                                .flatMap(valid ->
                                        Mono.zip(
                                                Mono.just(valid).map(bodies.goods()),
                                                Mono.just(valid).map(bodies.freight()),
                                                bodies.total()))
                                .map(bodies.respond())
                                .block());
    }

    private static Quote answered(@Nullable Quote quote) {
        if (quote == null) {
            throw new IllegalStateException("no answer");
        }
        return quote;
    }

    static Desk mutiny(Bodies bodies) {
        return order ->
                Uni.createFrom()
                        .item(order)
                        .onItem()
                        .transform(bodies.validate())
                        .onItem()
                        .transformToUni(valid ->
                                Uni.combine()
                                        .all()
                                        .unis(
                                                Uni.createFrom()
                                                        .item(valid)
                                                        .onItem()
                                                        .transform(bodies.goods()),
                                                Uni.createFrom()
                                                        .item(valid)
                                                        .onItem()
                                                        .transform(bodies.freight()))
                                        .with(bodies.total()))
                        .onItem()
                        .transform(bodies.respond())
                        .await()
                        .indefinitely();
    }
}
