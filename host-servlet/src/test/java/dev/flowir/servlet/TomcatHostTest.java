package dev.flowir.servlet;

/** The contract of hosts on Tomcat. */
class TomcatHostTest extends ServletHostSuite {

    TomcatHostTest() {
        super(Container.TOMCAT);
    }
}
