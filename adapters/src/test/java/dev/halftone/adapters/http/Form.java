package dev.halftone.adapters.http;

/// A multipart form as a browser writes it.
final class Form {
    static final String BOUNDARY = "----halftone-boundary";

    private final StringBuilder text = new StringBuilder();

    Form field(String name, String value) {
        return part("name=\"" + name + "\"", "", value);
    }

    Form file(String name, String filename, String content) {
        return part(
                "name=\"" + name + "\"; filename=\"" + filename + "\"",
                "Content-Type: application/octet-stream\r\n",
                content);
    }

    private Form part(String disposition, String headers, String content) {
        text.append("--").append(BOUNDARY).append("\r\nContent-Disposition: form-data; ");
        text.append(disposition).append("\r\n").append(headers).append("\r\n");
        text.append(content).append("\r\n");
        return this;
    }

    String text() {
        return text + "--" + BOUNDARY + "--\r\n";
    }
}
