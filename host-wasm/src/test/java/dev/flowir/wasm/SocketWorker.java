package dev.flowir.wasm;

/** Rooms whose clients come by WebSockets. */
public final class SocketWorker implements EdgeApplication {

    /** For the service loader. */
    public SocketWorker() {}

    @Override
    public EdgeRoutes routes() {
        return EdgeRoutes.none()
                .bind(EdgeBindings.objects("rooms", Room.CLASS))
                .sockets("/rooms/{room}", Room.CLASS, request -> request.parameter("room"));
    }
}
