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
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.websocket.server.WsSci;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
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
            JakartaWebSocketServletContainerInitializer.configure(context, null);
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
            // left to the build's next clean: nothing outside of it
            Path base = Files.createDirectories(Path.of("target", "tomcat")).toAbsolutePath();
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(base.toString());
            tomcat.setSilent(true);
            Connector connector = new Connector();
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            connector.setProperty("continueResponseTiming", "onRead");
            // more than the host allows: who refuses then is asked by the tests
            connector.setProperty("maxHeaderCount", "200");
            connector.addUpgradeProtocol(new Http2Protocol());
            tomcat.setConnector(connector);
            StandardContext context = (StandardContext) tomcat.addContext("", base.toString());
            // looks into the JDK, which would have to be opened for it
            context.setClearReferencesRmiTargets(false);
            context.setClearReferencesThreadLocals(false);
            context.addServletContainerInitializer(
                    (classes, into) -> servlet.register(into, "flows", "/*"), null);
            context.addServletContainerInitializer(new WsSci(), null);
            ErrorReportValve errors = new ErrorReportValve();
            errors.setShowReport(false);
            errors.setShowServerInfo(false);
            tomcat.getHost().getPipeline().addValve(errors);
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

    private static final Logger OURS = Logger.getLogger("dev.flowir.servlet");

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        // tests make runs fail on purpose
        OURS.setLevel(Level.OFF);
    }

    /** Stops a server. */
    interface Stop {
        void run() throws Exception;
    }

    /** A running server. */
    record Running(int port, Stop stop) {}

    abstract Running start(FlowServlet servlet) throws Exception;
}
