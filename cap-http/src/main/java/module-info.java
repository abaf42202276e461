/** The HTTP capability: tokens, calls and the endpoint that carries them out. */
@org.jspecify.annotations.NullMarked
module dev.flowir.http {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires java.net.http;
    requires org.slf4j;

    exports dev.flowir.http;
    exports dev.flowir.http.model;
    exports dev.flowir.http.tool;

    provides dev.flowir.kernel.cap.CapabilityModule with
            dev.flowir.http.HttpModule,
            dev.flowir.http.model.ModelModule,
            dev.flowir.http.tool.ToolModule;
    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.http.HttpKinds;
}
