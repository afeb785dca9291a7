package dev.halftone.adapters.csv.planted;

import java.net.Socket;

/// Breaks the rule on sockets.
public final class OpensASocket {
    public Socket socket() {
        return new Socket();
    }
}
