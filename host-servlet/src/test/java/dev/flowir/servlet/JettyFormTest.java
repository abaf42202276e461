package dev.flowir.servlet;

/** The rules of forms on Jetty. */
class JettyFormTest extends ServletFormSuite {

    JettyFormTest() {
        super(Container.JETTY);
    }
}
