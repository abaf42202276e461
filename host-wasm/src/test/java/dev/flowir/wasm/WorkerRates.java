package dev.flowir.wasm;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.limit.LimitException;
import dev.flowir.limit.LimitFault;
import dev.flowir.limit.RateLimiter;
import dev.flowir.wasm.RateCalls.Call;
import dev.flowir.wasm.RateCalls.Told;
import java.time.Duration;
import java.util.Set;

/**
 * A rate limit as a worker sees it, for rules that run on the JVM: every call is made in the
 * isolate.
 *
 * @param calls makes them
 * @param limit which of the worker's
 */
record WorkerRates(IsolateCalls<Call, Told> calls, int limit) implements CapabilityProvider {

    private static final CapabilityProvider EDGE =
            EdgeBindings.rateLimit("api", RateWorker.PERMITS, RateWorker.PERIOD);

    @Override
    public String kind() {
        return EDGE.kind();
    }

    @Override
    public String binding() {
        return EDGE.binding();
    }

    @Override
    public Set<String> hints() {
        return EDGE.hints();
    }

    @Override
    public Descriptor descriptor() {
        return EDGE.descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(new Handle(this, scope));
    }

    private Duration made(Scope scope, boolean waits, String key, int permits, Duration atMost) {
        boolean current = scope.fence().isCurrent();
        String digits = KvCalls.hex(key);
        Told answer =
                calls.made(new Call(limit, waits, current, digits, permits, atMost.toMillis()));
        Duration retryAfter = Duration.ofMillis(answer.retryAfterMillis());
        if (answer.refused().equals("STALE")) {
            throw new StaleAttemptException(answer.why());
        }
        if (!answer.refused().isEmpty()) {
            LimitFault fault = LimitFault.valueOf(answer.refused());
            String code = "[" + fault.code() + "] ";
            if (!answer.why().startsWith(code)) {
                throw new AssertionError(answer.toString());
            }
            throw new LimitException(fault, answer.why().substring(code.length()), retryAfter);
        }
        return retryAfter;
    }

    private record Handle(WorkerRates worker, Scope scope) implements RateLimiter {

        @Override
        public Answer tryTake(String key, int permits) {
            Duration wait = worker.made(scope, false, key, permits, Duration.ZERO);
            return wait.isZero() ? new Granted() : new Refused(wait);
        }

        @Override
        public void take(String key, int permits, Duration atMost) {
            worker.made(scope, true, key, permits, atMost);
        }
    }
}
