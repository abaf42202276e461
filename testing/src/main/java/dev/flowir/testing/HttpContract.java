package dev.flowir.testing;

import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every provider of HTTP keeps: each call is sent once, is bounded in time and size, goes
 * where it may, and ends in a value or in a coded fault that shows no secret.
 */
public final class HttpContract {

    private HttpContract() {}

    /** {@return the rules HTTP-01 and on} */
    public static Contract<HttpBench> rules() {
        return new Contract<>(
                "http",
                Stream.of(
                                HttpCallRules.rules(),
                                HttpOnceRules.rules(),
                                HttpTimeRules.rules(),
                                HttpBoundRules.rules(),
                                HttpFaultRules.rules(),
                                HttpGuardRules.rules(),
                                HttpEventRules.rules())
                        .flatMap(List::stream)
                        .toList());
    }

    /** Work is refused with a fault. */
    static HttpException refused(HttpFault fault, Expect.Work work) {
        HttpException refusal = Expect.refused("the call", HttpException.class, work);
        Expect.equal("the fault of '" + refusal.getMessage() + "'", fault, refusal.fault());
        Expect.that(
                "the message '" + refusal.getMessage() + "' begins with the code",
                String.valueOf(refusal.getMessage()).startsWith("[" + fault.code() + "] "));
        return refusal;
    }
}
