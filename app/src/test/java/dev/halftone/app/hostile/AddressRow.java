package dev.halftone.app.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An address and what is to become of it.
///
/// @param phase what can decide it: `parse`, `scheme`, `ip`, `name`, `port`, `dns`, `redirect` or `fetch`
record AddressRow(String id, String url, String phase, boolean allowed) {

    /// What the corpus leaves out: other answers of a name server, other ways to redirect.
    private static final List<AddressRow> MORE = List.of(
            denied("E01", "http://cname.example.com/a.jpg", "dns"),
            denied("E02", "http://nat64.example.com/a.jpg", "dns"),
            denied("E03", "http://v6loop.example.com/a.jpg", "dns"),
            denied("E04", "http://mapped.example.com/a.jpg", "dns"),
            denied("E05", "http://img.example.com/r?to=http://priv.example.com/", "redirect"),
            denied("E06", "http://img.example.com/r?to=http://2130706433/", "redirect"),
            denied("E07", "http://img.example.com/r?to=http://[::ffff:10.0.0.5]/", "redirect"),
            denied("E08", "http://img.example.com/r?to=//127.0.0.1/", "redirect"),
            denied("E09", "http://img.example.com/r?to=http://img.example.com:22/", "redirect"),
            denied("E10", "http://img.example.com/r?to=http://127.0.0.1.nip.io/", "redirect"),
            denied("E11", "http://img.example.com/r?to=http://img.example.com@127.0.0.1/", "redirect"),
            denied("E12", "http://localhost./a.jpg", "name"),
            denied("E13", "http://10.0.0.5:8080/a.jpg", "ip"),
            denied("E15", "http://[fe80::5efe:09.0.0.1]/a.jpg", "parse"),
            denied("E16", "http://[::ffff:127.0.0.01]/a.jpg", "parse"),
            new AddressRow("E14", "http://img.example.com/r3", "redirect", true));

    private static AddressRow denied(String id, String url, String phase) {
        return new AddressRow(id, url, phase, false);
    }

    /// @param corpus left out where it is missing
    static List<AddressRow> all(Path corpus) throws IOException {
        List<AddressRow> rows = new ArrayList<>();
        List<String> lines = Files.exists(corpus) ? Files.readAllLines(corpus) : List.of();
        for (String line : lines.stream().skip(1).toList()) {
            String[] cells = line.split("\t", -1);
            String url = cells[2].replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
            rows.add(new AddressRow(cells[0], url, cells[3], cells[4].equals("ALLOW")));
        }
        rows.addAll(MORE);
        return rows;
    }

    /// Whether a batch refuses it when it is submitted; nothing listens on port 0 either.
    boolean isNoAddress() {
        return phase.equals("parse") || phase.equals("scheme") || url.contains(":0/");
    }
}
