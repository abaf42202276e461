/** Prints a port that nobody listened on just now. */
final class FreePort {
    public static void main(String[] arguments) throws java.io.IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            System.out.println(socket.getLocalPort());
        }
    }
}
