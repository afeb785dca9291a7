package dev.halftone.app.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives the test classes that end nothing one service together.
final class SharedRoutes implements ParameterResolver {

    /// Closed by JUnit when all tests have ended.
    private record Shared(EveryRoute routes, Path data) implements AutoCloseable {
        static Shared start() {
            try {
                Path data = Files.createTempDirectory("every-route");
                return new Shared(new EveryRoute(data), data);
            } catch (Exception e) {
                throw new IllegalStateException("the service did not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            routes.close();
            try (Stream<Path> files = Files.walk(data)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EveryRoute.class;
    }

    @Override
    public EveryRoute resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedRoutes.class))
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
                .routes();
    }
}
