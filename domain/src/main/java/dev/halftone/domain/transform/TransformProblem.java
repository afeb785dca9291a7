package dev.halftone.domain.transform;

/// One thing that is wrong with a transform.
///
/// @param parameter its name as written
/// @param message expected against found
public record TransformProblem(String parameter, String message) {

    @Override
    public String toString() {
        return parameter + ": " + message;
    }
}
