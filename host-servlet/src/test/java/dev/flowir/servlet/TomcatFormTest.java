package dev.flowir.servlet;

/** The rules of forms on Tomcat. */
class TomcatFormTest extends ServletFormSuite {

    TomcatFormTest() {
        super(Container.TOMCAT);
    }
}
