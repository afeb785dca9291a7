package dev.halftone.app.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// What was set, and where: command line over environment variables over the properties file. Keys that do not
/// exist are mistakes, each named with the nearest that does.
public final class Environment {

    /// A value and its origin, such as `environment` or the file's name.
    public record Given(String text, String origin) {}

    private final Map<Setting, Given> given = new LinkedHashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    /// @param variables the process's environment
    /// @param overrides settings given on the command line
    /// @param folder where a relative `HALFTONE_CONFIG` and the default file are looked for
    public static Environment read(Map<String, String> variables, Map<Setting, String> overrides, Path folder) {
        Environment environment = new Environment();
        environment.readFile(variables, folder);
        environment.readVariables(variables);
        overrides.forEach((setting, text) -> environment.given.put(setting, new Given(text, "command line")));
        return environment;
    }

    public Optional<Given> given(Setting setting) {
        return Optional.ofNullable(given.get(setting));
    }

    /// What is wrong with the keys, each in one sentence; empty when all is well.
    public List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    private void readVariables(Map<String, String> variables) {
        variables.keySet().stream()
                .filter(name -> name.startsWith("HALFTONE_"))
                .sorted()
                .forEach(name -> {
                    String text = variables.getOrDefault(name, "");
                    Optional<Setting> setting = Settings.byVariable(name);
                    if (setting.isPresent() && !text.isBlank()) {
                        given.put(setting.get(), new Given(text.strip(), "environment"));
                    } else if (setting.isEmpty() && !Settings.OF_THE_LAUNCHER.contains(name)) {
                        mistakes.add(name + " is no setting of Halftone" + nearest(name, Setting::variable));
                    }
                });
    }

    private void readFile(Map<String, String> variables, Path folder) {
        String named = variables.getOrDefault(Settings.CONFIG.variable(), "").strip();
        Path file = folder.resolve(named.isEmpty() ? "halftone.properties" : named);
        if (named.isEmpty() && !Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            mistakes.add("the properties file " + file + " can't be read: " + e.getMessage());
            return;
        }
        String origin = file.getFileName().toString();
        properties.stringPropertyNames().stream().sorted().forEach(key -> {
            String text = properties.getProperty(key, "").strip();
            Optional<Setting> setting = Settings.byProperty(key);
            if (setting.isEmpty()) {
                mistakes.add(key + " in " + origin + " is no setting of Halftone" + nearest(key, Setting::property));
            } else if (setting.get().equals(Settings.LOG_LEVEL)) {
                mistakes.add(key + " in " + origin + " comes too late: set the environment variable "
                        + Settings.LOG_LEVEL.variable());
            } else if (!text.isEmpty()) {
                given.put(setting.get(), new Given(text, origin));
            }
        });
    }

    private static String nearest(String wrong, java.util.function.Function<Setting, String> name) {
        return Settings.ALL.stream()
                .map(name)
                .min(Comparator.comparingInt(known -> editDistance(wrong, known)))
                .filter(known -> editDistance(wrong, known) <= 4)
                .map(known -> "; did you mean " + known + "?")
                .orElse("; `halftone config` lists them all");
    }

    /// Levenshtein's distance, row by row.
    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
