package dev.halftone.adapters.imaging.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.steps.Matting;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/// Tells the foreground of a picture by an ONNX model. Its session is opened once and shared; a run takes one
/// thread, since the CPU turns are the parallelism, and is told to end past the deadline, which it heeds
/// between two of the model's nodes. Thread-safe until it is closed.
public final class OnnxMatting implements Matting, AutoCloseable {
    /// For the trial at the start, on whatever machine.
    private static final Duration TRIAL = Duration.ofMinutes(2);

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelInput input;
    private final InputScale scale;
    private final Watchdog watchdog = new Watchdog();

    private OnnxMatting(OrtEnvironment environment, OrtSession session, ModelInput input, InputScale scale) {
        this.environment = environment;
        this.session = session;
        this.input = input;
        this.scale = scale;
    }

    /// Loads a model and tries it on a plain picture, so that one that can't be used is told at the start.
    ///
    /// @throws ModelUnusable with the file's name, what is wrong and what is expected
    public static OnnxMatting open(Path file, InputScale scale) {
        try {
            return tried(file, scale);
        } catch (ModelUnusable e) {
            throw new ModelUnusable("the background model " + file + " can't be used: " + e.getMessage(), e);
        } catch (HalftoneException e) {
            throw new ModelUnusable(
                    "the background model " + file + " can't be used: it takes longer than " + TRIAL.toSeconds()
                            + " s a picture",
                    e);
        } catch (OrtException e) {
            throw new ModelUnusable("the background model " + file + " can't be used: ONNX Runtime says " + said(e), e);
        } catch (LinkageError e) {
            throw new ModelUnusable(
                    "the background model " + file + " can't be used: ONNX Runtime does not load on this machine: "
                            + e.getMessage(),
                    e);
        }
    }

    private static OnnxMatting tried(Path file, InputScale scale) throws OrtException {
        if (!Files.isReadable(file)) {
            throw new ModelUnusable("there is no such file, or it can't be read");
        }
        // What goes wrong comes as an exception; its log would go past ours.
        OrtLoggingLevel quiet = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        OrtEnvironment environment = OrtEnvironment.getEnvironment(quiet);
        // On Windows it would trace events.
        environment.setTelemetry(false);
        OrtSession session;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(quiet);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(file.toString(), options);
        }
        OnnxMatting matting = null;
        try {
            matting = new OnnxMatting(environment, session, ModelInput.of(session.getInputInfo()), scale);
            matting.ran(grey(), Deadline.in(TRIAL));
            return matting;
        } catch (OrtException | RuntimeException e) {
            session.close();
            if (matting != null) {
                matting.watchdog.close();
            }
            throw e;
        }
    }

    private static Picture.Colour grey() {
        int[] argb = new int[16 * 16];
        Arrays.fill(argb, 0xff808080);
        return new Picture.Colour(16, 16, argb, true);
    }

    /// For an operator, in one line.
    public String report() {
        return "runs on " + input.size() + " pixels, samples as " + scale.wire();
    }

    @Override
    public Picture.Grey matte(Picture.Colour picture, Deadline deadline) {
        try {
            return ran(picture, deadline);
        } catch (OrtException | ModelUnusable e) {
            throw HalftoneException.of(FailureCode.INTERNAL, "removebackground: the model failed", e);
        }
    }

    private Picture.Grey ran(Picture.Colour picture, Deadline deadline) throws OrtException {
        try (OnnxTensor tensor = input.tensor(environment, picture, scale, deadline);
                OrtSession.RunOptions options = new OrtSession.RunOptions();
                Watchdog.Watch watch = watchdog.over(options, deadline.remaining());
                OrtSession.Result result = session.run(Map.of(input.name(), tensor), options)) {
            var first = result.iterator().next();
            return ModelOutput.matte(first.getKey(), first.getValue());
        } catch (OrtException e) {
            deadline.check();
            throw e;
        }
    }

    private static String said(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing");
    }

    @Override
    public void close() {
        watchdog.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session of the model did not close", e);
        }
    }
}
