package dev.halftone.app.wiring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Finds the port for `HALFTONE_PORT=0` before anything starts, since addresses are handed out under it.
final class FreePort {
    private FreePort() {}

    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
