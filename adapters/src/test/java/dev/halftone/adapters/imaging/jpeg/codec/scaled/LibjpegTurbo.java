package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command-line tools of libjpeg-turbo, as makers of files and as the reference for pixels. A missing tool
/// fails the test.
final class LibjpegTurbo {
    private LibjpegTurbo() {}

    /// What a tool answered.
    ///
    /// @param complaint empty when it was content
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(byte[] bytes, String complaint) {}

    /// A portable pixmap.
    ///
    /// @param bands 1 or 3
    @SuppressWarnings("ArrayRecordComponent")
    record Pixmap(int bands, int width, int height, byte[] samples) {}

    static byte[] cjpeg(byte[] pixmap, String... options) {
        Answer answer = run("cjpeg", pixmap, options);
        assertThat(answer.complaint()).doesNotStartWith("exit");
        return answer.bytes();
    }

    static byte[] jpegtran(byte[] jpeg, String... options) {
        Answer answer = run("jpegtran", jpeg, options);
        assertThat(answer.complaint()).doesNotStartWith("exit");
        return answer.bytes();
    }

    static Answer djpeg(byte[] jpeg, Scale scale) {
        return run("djpeg", jpeg, "-pnm", "-dct", "int", "-scale", scale.samples() + "/8");
    }

    static Pixmap pixmap(byte[] pnm) {
        int[] numbers = new int[3];
        int at = 2;
        for (int i = 0; i < 3; i++) {
            while (pnm[at] <= ' ') {
                at++;
            }
            for (; pnm[at] > ' '; at++) {
                numbers[i] = 10 * numbers[i] + pnm[at] - '0';
            }
        }
        assertThat(numbers[2]).isEqualTo(255);
        return new Pixmap(pnm[1] == '5' ? 1 : 3, numbers[0], numbers[1], Arrays.copyOfRange(pnm, at + 1, pnm.length));
    }

    private static Answer run(String tool, byte[] input, String... options) {
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command).start();
            Thread feeder = Thread.ofVirtual().start(() -> {
                try (OutputStream out = process.getOutputStream()) {
                    out.write(input);
                } catch (IOException e) {
                    // The tool has read enough; what it says about that is in its answer.
                }
            });
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            Thread listener = Thread.ofVirtual().start(() -> {
                try (InputStream error = process.getErrorStream()) {
                    error.transferTo(said);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            byte[] out = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            feeder.join();
            listener.join();
            return new Answer(out, (code == 0 ? "" : "exit " + code + " ") + said);
        } catch (IOException e) {
            throw new AssertionError(tool + " is not installed (package libjpeg-turbo-progs)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
