package dev.flowir.servlet;

/** The contract of hosts on Jetty. */
class JettyHostTest extends ServletHostSuite {

    JettyHostTest() {
        super(Container.JETTY);
    }
}
