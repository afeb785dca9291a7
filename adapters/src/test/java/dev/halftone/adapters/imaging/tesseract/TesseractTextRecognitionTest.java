package dev.halftone.adapters.imaging.tesseract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.text.Languages;
import dev.halftone.domain.text.RecognisedText;
import dev.halftone.domain.text.TextRecognition.Availability;
import dev.halftone.domain.text.TextRecognition.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the real Tesseract, which `./halftone test` installs, and with programs that behave worse.
class TesseractTextRecognitionTest {
    private static final Languages ENGLISH = new Languages(List.of("eng"));
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private static TesseractTextRecognition installed() {
        TesseractTextRecognition recognition = new TesseractTextRecognition("auto", System.getenv());
        assertThat(recognition.availability())
                .as("Tesseract is needed (Debian: apt-get install tesseract-ocr): " + recognition.report())
                .isInstanceOf(Availability.Installed.class);
        return recognition;
    }

    /// A program of a shell script; it passes for Tesseract when it is asked who it is.
    private TesseractTextRecognition program(String reading, Map<String, String> environment) throws IOException {
        Path file = folder.resolve("tesseract");
        Files.writeString(file, """
                #!/bin/sh
                case $1 in
                  --version) echo 'tesseract 5.9.9' ;;
                  --list-langs) printf 'List of available languages (2):\\neng\\nosd\\n' ;;
                  *) %s ;;
                esac
                """.formatted(reading));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new TesseractTextRecognition(file.toString(), environment);
    }

    private TesseractTextRecognition program(String reading) throws IOException {
        return program(reading, Map.of());
    }

    private static EncodedImage anything(int bytes) {
        return EncodedImage.of(ImageFormat.PNG, new byte[bytes], new PixelSize(9, 9));
    }

    @Test
    void readsALineExactly() throws IOException {
        EncodedImage picture = Written.image("Halftone reads 42 lines of text", 900, 300);

        Outcome outcome = installed().read(picture, ENGLISH, LONG);

        assertThat(outcome).isInstanceOf(Outcome.Recognised.class);
        RecognisedText text = ((Outcome.Recognised) outcome).text();
        assertThat(text.text()).isEqualTo("Halftone reads 42 lines of text");
        assertThat(text.confidence().orElseThrow()).isBetween(0.7, 1.0);
        RecognisedText.Line line = text.lines().getFirst();
        assertThat(line.words()).extracting(RecognisedText.Word::text).contains("reads", "42");
        assertThat(line.box().left()).isBetween(8, 450);
        assertThat(line.box().top()).isBetween(100, 160);
        assertThat(line.box().width()).isBetween(300, 890);
        assertThat(line.words())
                .allSatisfy(word -> assertThat(word.box().left())
                        .isBetween(
                                line.box().left(),
                                line.box().left() + line.box().width()));
    }

    @Test
    void findsNothingInAPictureWithoutText() throws IOException {
        EncodedImage plain = EncodedImage.of(ImageFormat.PNG, Written.plain(90, 60, -1), new PixelSize(90, 60));

        assertThat(installed().read(plain, ENGLISH, LONG))
                .isEqualTo(new Outcome.Recognised(new RecognisedText(List.of())));
    }

    @Test
    void namesTheLanguagesThatAreInstalledAndNoOthers() {
        Availability availability = installed().availability();

        assertThat(((Availability.Installed) availability).languages())
                .contains("eng")
                .doesNotContain("osd");
    }

    @Test
    void readsInNoLanguageThatIsNotInstalled() throws IOException {
        assertThat(installed().read(anything(9), new Languages(List.of("xyz")), LONG))
                .isEqualTo(new Outcome.Failed("xyz is not installed"));
    }

    @Test
    void saysThatAFileIsNoPicture() {
        assertThat(installed().read(anything(200), ENGLISH, LONG))
                .isEqualTo(new Outcome.Failed("tesseract ended with 1"));
    }

    @Test
    void stopsAProgramAndItsChildrenWhenTheTimeIsOver() throws IOException {
        Path pids = folder.resolve("pids");
        TesseractTextRecognition slow =
                program("sleep 600 & echo $$ $! >" + pids + ".part; mv " + pids + ".part " + pids + "; wait");

        // More than a pipe holds, so that whoever writes it waits too.
        assertThat(slow.read(anything(1 << 20), ENGLISH, Duration.ofSeconds(3)))
                .isEqualTo(new Outcome.TimedOut(Duration.ofSeconds(3)));
        await().until(() -> Files.exists(pids));
        for (String pid : Files.readString(pids).strip().split(" ")) {
            await().untilAsserted(() -> assertThat(
                            ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                    .isEmpty());
        }
    }

    @Test
    void stopsAProgramThatSaysTooMuch() throws IOException {
        Outcome outcome = program("exec cat /dev/zero").read(anything(9), ENGLISH, LONG);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains("more than"));
    }

    @Test
    void doesNotWaitForAProgramThatIsDrownedInItsComplaints() throws IOException {
        String complaints = "head -c 1000000 /dev/zero >&2; printf 'level\\n'";

        assertThat(program(complaints).read(anything(9), ENGLISH, LONG))
                .isEqualTo(new Outcome.Recognised(new RecognisedText(List.of())));
    }

    @Test
    void saysThatATableIsNotUnderstood() throws IOException {
        assertThat(program("printf 'head\\nfive\\tsix\\n'").read(anything(9), ENGLISH, LONG))
                .isEqualTo(new Outcome.Failed("tesseract gave no table that is understood"));
    }

    @Test
    void keepsPathsOutOfWhatUsersSee() throws IOException {
        assertThat(program("echo can not open /srv/secret >&2; exit 3").read(anything(9), ENGLISH, LONG))
                .isEqualTo(new Outcome.Failed("tesseract ended with 3"));
    }

    @Test
    void hasABareEnvironmentAndOneThread() throws IOException {
        Path seen = folder.resolve("seen");
        program("env >" + seen, Map.of("TESSDATA_PREFIX", "/data", "SECRET", "s3cr3t", "LD_PRELOAD", "x.so"))
                .read(anything(9), ENGLISH, LONG);

        assertThat(Files.readAllLines(seen))
                .contains("OMP_THREAD_LIMIT=1", "TESSDATA_PREFIX=/data", "PATH=/usr/bin:/bin")
                .noneMatch(line -> line.startsWith("SECRET") || line.startsWith("LD_PRELOAD"));
    }

    @Test
    void asksForTheLanguagesInOneArgument() throws IOException {
        Path seen = folder.resolve("seen");
        program("printf '%s\\n' \"$@\" >" + seen).read(anything(9), ENGLISH, LONG);

        assertThat(Files.readAllLines(seen))
                .containsExactly("stdin", "stdout", "-l", "eng", "-c", "tessedit_create_tsv=1");
    }

    @Test
    void readsTheTableOfLinesAndWords() throws IOException {
        String table = String.join(
                "\\n",
                "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext",
                "1\\t1\\t0\\t0\\t0\\t0\\t0\\t0\\t90\\t50\\t-1\\t",
                "2\\t1\\t1\\t0\\t0\\t0\\t5\\t5\\t80\\t40\\t-1\\t",
                "3\\t1\\t1\\t1\\t0\\t0\\t5\\t5\\t80\\t40\\t-1\\t",
                "4\\t1\\t1\\t1\\t1\\t0\\t5\\t5\\t80\\t9\\t-1\\t",
                "5\\t1\\t1\\t1\\t1\\t1\\t5\\t5\\t30\\t9\\t96.5\\tone",
                "5\\t1\\t1\\t1\\t1\\t2\\t40\\t5\\t45\\t9\\t50\\t\"two\"",
                "4\\t1\\t1\\t1\\t2\\t0\\t5\\t20\\t80\\t9\\t-1\\t",
                "5\\t1\\t1\\t1\\t2\\t1\\t5\\t20\\t80\\t9\\t95\\t ",
                "3\\t1\\t1\\t2\\t0\\t0\\t5\\t30\\t80\\t9\\t-1\\t",
                "4\\t1\\t1\\t2\\t1\\t0\\t5\\t30\\t80\\t9\\t-1\\t",
                "5\\t1\\t1\\t2\\t1\\t1\\t5\\t30\\t80\\t9\\t0\\tthree");
        Outcome outcome = program("printf '" + table + "\\n'").read(anything(9), ENGLISH, LONG);

        RecognisedText text = ((Outcome.Recognised) outcome).text();
        assertThat(text.text()).isEqualTo("one \"two\"\n\nthree");
        assertThat(text.lines().getFirst().box()).isEqualTo(new Box(5, 5, 80, 9));
        assertThat(text.lines().getFirst().words().getFirst())
                .isEqualTo(new RecognisedText.Word("one", new Box(5, 5, 30, 9), 0.965));
    }

    @Test
    void saysWhatToInstallWhereThereIsNoProgram() {
        TesseractTextRecognition none =
                new TesseractTextRecognition(folder.resolve("tesseract").toString(), Map.of());

        assertThat(none.availability())
                .isInstanceOfSatisfying(
                        Availability.Missing.class,
                        missing -> assertThat(missing.reason())
                                .contains("apt-get install tesseract-ocr")
                                .doesNotContain(folder.toString()));
        assertThat(none.report()).contains(folder.toString());
    }

    @Test
    void canBeSwitchedOff() {
        assertThat(new TesseractTextRecognition("off", System.getenv()).report())
                .isEqualTo("switched off");
    }

    @Test
    void isMissingWhereTheProgramIsAnother() throws IOException {
        Path file = folder.resolve("other");
        Files.writeString(file, "#!/bin/sh\necho no >&2; exit 4\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

        TesseractTextRecognition other = new TesseractTextRecognition(file.toString(), Map.of());

        assertThat(other.availability()).isInstanceOf(Availability.Missing.class);
        assertThat(other.report()).contains("it ended with 4 no");
    }
}
