package dev.halftone.app.bench.jpeg.side;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// sharp from npm, in a Node process driven line by line (`sharp-worker.mjs`), with one libvips thread.
public final class SharpSide implements Side {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode options;
    private final Process worker;
    private final BufferedReader answers;
    private final Writer questions;
    private final Path scratch;

    /// @param peer    a folder with `sharp-worker.mjs` and its packages
    /// @param options of sharp's `.jpeg()`, as JSON; the quality is added
    /// @param pinned  the words that pin a command to its core, or none
    public SharpSide(Path peer, String options, List<String> pinned) throws IOException {
        if (!Files.exists(peer.resolve("sharp-worker.mjs")) || !Files.isDirectory(peer.resolve("node_modules/sharp"))) {
            throw new IllegalArgumentException("--peer " + peer
                    + " needs sharp-worker.mjs and its packages: copy the peers' folder there and run npm install");
        }
        this.options = (ObjectNode) JSON.readTree(options);
        List<String> command = new ArrayList<>(pinned);
        command.addAll(List.of("node", "sharp-worker.mjs"));
        worker = new ProcessBuilder(command)
                .directory(peer.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = worker.inputReader();
        questions = worker.outputWriter();
        scratch = Files.createTempFile("halftone-bench", ".jpg");
    }

    @Override
    public String name() {
        return "sharp";
    }

    @Override
    public String counted() {
        return ".jpeg(" + options
                + "), buffer to buffer, concurrency 1, cache off; CPU time of the whole Node process, all its threads";
    }

    @Override
    public Cost time(Path photo, byte[] source, int quality) throws IOException {
        JsonNode answer = ask(photo, quality, "");
        return new Cost(
                Math.round(answer.get("cpuMs").asDouble() * 1e6),
                answer.get("bytes").asLong());
    }

    @Override
    public byte[] encode(Path photo, byte[] source, int quality) throws IOException {
        ask(photo, quality, "\t" + scratch);
        return Files.readAllBytes(scratch);
    }

    private JsonNode ask(Path photo, int quality, String output) throws IOException {
        ObjectNode asked = options.deepCopy().put("quality", quality);
        questions.write(photo + "\t" + asked + output + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("sharp's process ended at " + photo);
        }
        return JSON.readTree(answer);
    }

    @Override
    public void close() {
        try {
            questions.close();
            Files.deleteIfExists(scratch);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } finally {
            worker.destroy();
        }
    }
}
