package dev.flowir.servlet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servers that the suite runs on: real ones, on free ports of the loopback interface. */
enum Container {
    JETTY {
        @Override
        Running start(FlowServlet servlet) throws Exception {
            Server server = new Server();
            HttpConfiguration http = new HttpConfiguration();
            http.setSendServerVersion(false);
            ServerConnector connector =
                    new ServerConnector(
                            server,
                            new HttpConnectionFactory(http),
                            new HTTP2CServerConnectionFactory(http));
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler();
            context.setContextPath("/");
            context.addServletContainerInitializer(
                    (classes, into) -> servlet.register(into, "flows", "/*"));
            server.setHandler(context);
            server.start();
            return new Running(connector.getLocalPort(), server::stop);
        }
    },
    TOMCAT {
        @Override
        Running start(FlowServlet servlet) throws Exception {
            Path base = Files.createTempDirectory("flow-tomcat");
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(base.toString());
            tomcat.setSilent(true);
            Connector connector = new Connector();
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            connector.addUpgradeProtocol(new Http2Protocol());
            tomcat.setConnector(connector);
            StandardContext context = (StandardContext) tomcat.addContext("", base.toString());
            // looks into the JDK, which would have to be opened for it
            context.setClearReferencesRmiTargets(false);
            context.setClearReferencesThreadLocals(false);
            context.addServletContainerInitializer(
                    (classes, into) -> servlet.register(into, "flows", "/*"), null);
            tomcat.start();
            return new Running(
                    connector.getLocalPort(),
                    () -> {
                        tomcat.stop();
                        tomcat.destroy();
                    });
        }
    };

    /** Kept, or the levels are forgotten with the loggers. */
    private static final List<Logger> QUIET =
            Stream.of("org.apache", "org.eclipse").map(Logger::getLogger).toList();

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    /** Stops a server. */
    interface Stop {
        void run() throws Exception;
    }

    /** A running server. */
    record Running(int port, Stop stop) {}

    abstract Running start(FlowServlet servlet) throws Exception;
}
