package dev.flowir.testing;

import dev.flowir.http.HttpEndpoint;
import java.io.IOException;

/** The endpoint on the JDK's client keeps the contract. */
class HttpJdkTest extends HttpContractTest {

    @Override
    protected HttpBench open(TestClock clock) throws IOException {
        return HttpBench.of(HttpEndpoint::open, clock);
    }
}
