package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.limit.LimitException;
import dev.flowir.limit.Limits;
import dev.flowir.limit.RateLimiter;
import dev.flowir.wasm.RateCalls.Call;
import dev.flowir.wasm.RateCalls.Told;
import dev.flowir.wasm.RateCalls.Tried;
import dev.flowir.wasm.RateCalls.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks rate limits of the platform for permits, inside an isolate. */
public final class RateWorker implements EdgeApplication {

    /** One for each rule, so that each finds its permits untouched; and as many once more. */
    static final int LIMITS = 24;

    /** As many as the contract's. */
    static final int PERMITS = 5;

    static final Duration PERIOD = Duration.ofSeconds(60);

    private static final String PATIENT = "PATIENT";

    private static final CapabilityProvider PATIENTS =
            EdgeBindings.rateLimit(PATIENT, PERMITS, Duration.ofSeconds(10));

    private static final List<CapabilityProvider> PROVIDERS = providers();

    /** For the service loader. */
    public RateWorker() {}

    private static List<CapabilityProvider> providers() {
        List<CapabilityProvider> all = new ArrayList<>();
        for (int i = 0; i < LIMITS; i++) {
            all.add(EdgeBindings.rateLimit(binding(i), "RATE_" + i, PERMITS, PERIOD));
        }
        return all;
    }

    private static String binding(int limit) {
        return "rate" + limit;
    }

    @Override
    public EdgeRoutes routes() {
        Flow<Call, Told> call =
                Flow.define(
                        "call",
                        "1.0.0",
                        Call.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.reads(
                                                "call",
                                                Call.class,
                                                Told.class,
                                                Limits.permits(binding(0)),
                                                (first, it, ctx) -> answer(first, it))));
        Flow<Wanted, Tried> patient =
                Flow.define(
                        "patient",
                        "1.0.0",
                        Wanted.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.reads(
                                                        "take",
                                                        Wanted.class,
                                                        Tried.class,
                                                        Limits.permits(PATIENT),
                                                        (limiter, it, ctx) -> {
                                                            limiter.take(it.key(), Duration.ZERO);
                                                            // All of a window, the first time.
                                                            while (ctx.attempt() == 1) {
                                                                limiter.take(
                                                                        it.key(), Duration.ZERO);
                                                            }
                                                            return new Tried(ctx.attempt());
                                                        })
                                                .with(
                                                        NodeOption.retry(
                                                                1, Duration.ofMillis(10_500)))));
        return EdgeRoutes.none()
                .bind(PROVIDERS.toArray(CapabilityProvider[]::new))
                .bind(PATIENTS)
                .route("POST", "/call", call, it -> it.maxBody(4 << 20))
                .post("/patient", patient);
    }

    private static Told answer(RateLimiter first, Call call) throws InterruptedException {
        Scope scope = new Scope("flow", "run", "call", 1, "key", call::current);
        RateLimiter limiter =
                call.limit() == 0 && call.current()
                        ? first
                        : PROVIDERS
                                .get(call.limit())
                                .handle(Limits.permits(binding(call.limit())), scope);
        String key = KvCalls.text(call.key());
        try {
            if (call.waits()) {
                limiter.take(key, call.permits(), Duration.ofMillis(call.atMostMillis()));
                return new Told("", "", 0);
            }
            long wait =
                    limiter.tryTake(key, call.permits()) instanceof RateLimiter.Refused it
                            ? it.retryAfter().toMillis()
                            : 0;
            return new Told("", "", wait);
        } catch (LimitException refused) {
            return new Told(
                    refused.fault().name(),
                    String.valueOf(refused.getMessage()),
                    refused.retryAfter().toMillis());
        } catch (StaleAttemptException late) {
            return new Told("STALE", String.valueOf(late.getMessage()), 0);
        }
    }
}
