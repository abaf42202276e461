/** The command line: {@code flow check}, {@code graph}, {@code run}, {@code runs}, {@code dlq}. */
@org.jspecify.annotations.NullMarked
module dev.flowir.cli {
    requires static org.jspecify;
    requires dev.flowir.bindings;
    requires dev.flowir.durable;
    requires dev.flowir.ir;
    requires dev.flowir.kernel;
    requires dev.flowir.queue;
    requires dev.flowir.secret;
    requires dev.flowir.servlet;
    requires dev.flowir.store;
    requires dev.flowir.wasm;
    requires info.picocli;
    requires jakarta.servlet;
    // only serving needs it, and applications have a server of their own
    requires static org.eclipse.jetty.ee11.servlet;
    requires static org.eclipse.jetty.server;
    requires static org.eclipse.jetty.util;

    uses dev.flowir.ir.Handlers;

    opens dev.flowir.cli to
            info.picocli;
}
