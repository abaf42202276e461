package dev.flowir.testing;

import dev.flowir.http.tool.ToolEndpoint;
import java.io.IOException;

/** The client of the Model Context Protocol keeps the contract. */
class ToolEndpointTest extends ToolContractTest {

    @Override
    protected ToolBench open(TestClock clock) throws IOException {
        return ToolBench.of(ToolEndpoint::open, clock);
    }
}
