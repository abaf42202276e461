/** Example: pyramids of tiles, streamed as one tar archive. */
@org.jspecify.annotations.NullMarked
module dev.flowir.examples.tiletar {
    requires dev.flowir.blob;
    requires dev.flowir.examples.serving;
    requires dev.flowir.ir;
    requires dev.flowir.kernel;
    requires dev.flowir.object;
    requires dev.flowir.queue;
    requires dev.flowir.servlet;
    requires dev.flowir.store;
    requires jakarta.servlet;
    requires java.desktop;
    requires java.management;
    requires java.net.http;
    requires org.apache.commons.compress;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.flowir.examples.tiletar;

    opens dev.flowir.examples.tiletar to
            tools.jackson.databind;
}
