package dev.flowir.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * Serves {@link Routes} in any container of Jakarta Servlet 6.1. Must be registered with {@code
 * async-supported}: no thread of the container waits for a body, a run or a slow client.
 */
public final class FlowServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Time that cancelled runs get to be answered before a drain returns. */
    private static final Duration AFTER_CANCEL = Duration.ofSeconds(2);

    private final transient Host host;

    /**
     * What a drain found.
     *
     * @param cancelled requests that did not finish in time and were cancelled
     * @param abandoned of these, requests that had not even ended when the drain returned
     */
    public record Drained(int cancelled, int abandoned) {}

    /**
     * A servlet.
     *
     * @param routes what it answers
     */
    public FlowServlet(Routes routes) {
        this.host = new Host(routes);
    }

    /**
     * Registers this servlet the way it needs, for example from a {@code
     * ServletContainerInitializer}.
     *
     * @param context the application
     * @param name of the servlet in the application
     * @param mapping for example {@code /*}
     * @return the registration, for further settings
     */
    public ServletRegistration.Dynamic register(
            ServletContext context, String name, String mapping) {
        ServletRegistration.Dynamic registration = context.addServlet(name, this);
        registration.setAsyncSupported(true);
        registration.addMapping(mapping);
        return registration;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        host.serve(request, response);
    }

    /**
     * Requests being worked on.
     *
     * @return how many, streams not counted
     */
    public int inFlight() {
        return host.admission().inFlight();
    }

    /**
     * Event streams open.
     *
     * @return how many
     */
    public int openStreams() {
        return host.admission().openStreams();
    }

    /**
     * WebSockets open.
     *
     * @return how many
     */
    public int openSockets() {
        return host.openSockets();
    }

    /**
     * Whether a drain has begun: the place for a readiness check.
     *
     * @return true from the first call of {@link #drain(Duration)} on
     */
    public boolean isDraining() {
        return host.admission().isDraining();
    }

    /**
     * Shuts down gently: new requests get 503 with {@code Retry-After} and {@code Connection:
     * close}; WebSockets are closed with code 1001; running requests have {@code limit} to finish;
     * then they are cancelled. Pages go on being served. There is no way back.
     *
     * @param limit time for running requests, zero or more
     * @return what did not finish by itself
     * @throws InterruptedException when the calling thread was interrupted; nothing was cancelled
     *     yet, or not everything
     */
    public Drained drain(Duration limit) throws InterruptedException {
        return host.drain(limit, AFTER_CANCEL);
    }

    /** Called by the container at its end: cancels what still runs. */
    @Override
    public void destroy() {
        try {
            host.drain(Duration.ZERO, AFTER_CANCEL);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
