package dev.halftone.adapters.csv.planted;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Breaks the rule on sockets: a lookup already tells somebody.
public final class LooksUpAName {
    public InetAddress address() throws UnknownHostException {
        return InetAddress.getByName("localhost");
    }
}
