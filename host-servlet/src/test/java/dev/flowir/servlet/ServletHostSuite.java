package dev.flowir.servlet;

import dev.flowir.testing.HostBench;
import dev.flowir.testing.HostContractTest;
import dev.flowir.testing.TestClock;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of hosts on one server for all rules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServletHostSuite extends HostContractTest {

    private final Container container;
    private ServletHost host;

    @SuppressWarnings("NullAway.Init") // started before the first test
    ServletHostSuite(Container container) {
        this.container = container;
    }

    @BeforeAll
    void start() throws Exception {
        host = ServletHost.on(container);
    }

    @AfterAll
    void stop() throws IOException {
        host.close();
    }

    @Override
    protected HostBench open(TestClock clock) {
        return host.staying();
    }
}
