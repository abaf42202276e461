package dev.flowir.testing;

import dev.flowir.http.tool.ToolCaller;
import dev.flowir.http.tool.ToolReader;
import dev.flowir.http.tool.ToolSettings;
import dev.flowir.http.tool.Tools;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Providers of tools on the bench, and the server that they call. */
public final class ToolBench extends WireBench {

    /** Opens a provider. */
    @FunctionalInterface
    public interface Opener {

        /**
         * A provider.
         *
         * @param binding the name that tokens find it under
         * @param address of the server
         * @param settings how it is to call
         * @return the provider; closed with the bench when it is {@link AutoCloseable}
         */
        CapabilityProvider open(String binding, String address, ToolSettings settings);
    }

    private final Opener opener;

    private ToolBench(Opener opener, TestClock clock) throws IOException {
        super(clock);
        this.opener = opener;
    }

    /**
     * A bench with a server of its own.
     *
     * @param opener opens a provider
     * @param clock what it goes by
     * @return the bench
     * @throws IOException when the server could not be started
     */
    public static ToolBench of(Opener opener, TestClock clock) throws IOException {
        return new ToolBench(opener, clock);
    }

    @Override
    public CapabilityProvider provider() {
        return provider(same -> same);
    }

    CapabilityProvider provider(UnaryOperator<ToolSettings> change) {
        ToolSettings settings = ToolSettings.DEFAULT.with(settings()).reading("look");
        return closing(opener.open(BINDING, server().address() + "/mcp", change.apply(settings)));
    }

    ToolCaller caller() {
        return caller(provider(), Scope.outside("contract"));
    }

    static ToolCaller caller(CapabilityProvider provider, Scope scope) {
        return provider.handle(Tools.caller(BINDING), scope);
    }

    static ToolReader reader(CapabilityProvider provider) {
        return provider.handle(Tools.reader(BINDING), Scope.outside("contract"));
    }

    /** Serves a session, and answers what is asked in it. */
    ToolBench serving(McpScript.Answer answer) {
        server().forget().then(McpScript.serving(answer));
        return this;
    }

    /** What was asked, by method; the same in the order of asking. */
    List<String> asked() {
        return server().requests().stream().map(McpScript::method).toList();
    }
}
