package dev.flowir.wasm;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import dev.flowir.limit.Limits;
import dev.flowir.limit.RateLimiter;
import java.util.List;

/** Asks for a permit of the client. */
final class EdgePace implements EdgeGuard {

    /** Whose permits those are who have no address: only this machine lets anybody come so. */
    private static final String NOBODY = "-";

    private final ReadToken<RateLimiter> permits;

    private EdgePace(ReadToken<RateLimiter> permits) {
        this.permits = permits;
    }

    /** Here and not beside the other guards, which must load where there is no such module. */
    static EdgeGuard guard(String binding) {
        return new EdgePace(Limits.permits(binding));
    }

    @Override
    public List<Token<?>> needs() {
        return List.of(permits);
    }

    @Override
    public EdgeVerdict decide(EdgeVisit visit) {
        String client = visit.client();
        RateLimiter.Answer answer =
                visit.handle(permits).tryTake(client.isEmpty() ? NOBODY : client);
        return answer instanceof RateLimiter.Refused refused
                ? new EdgeVerdict.TooMany(refused.retryAfter())
                : EdgeVerdict.allowed();
    }
}
