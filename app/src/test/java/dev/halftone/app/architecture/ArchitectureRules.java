package dev.halftone.app.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.net.InetAddress;
import java.net.URL;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rules of docs/decisions/0001, as ArchUnit checks them.
final class ArchitectureRules {
    static final String LAYERS = "app knows adapters, adapters know the domain, and no class stands outside";
    static final String ADAPTERS_APART = "adapters do not know each other";
    static final String STORES_APART = "object stores do not know each other";
    static final String TECHNOLOGIES = "a technology stays in its adapter";
    static final String SOCKETS = "only outbound and the stores open sockets";
    static final String NO_URL = "nobody uses java.net.URL or ImageIO.read of one";
    static final String QUIET = "nobody prints, sleeps or reads the clock outside app";

    static final String CODEC_ALONE = "the JPEG codec needs the JDK's base and nothing else";

    private static final String ROOT = "dev.halftone.";

    /// Adapter package → the packages of the libraries that live there and nowhere else. Two may share one:
    /// Cloudinary's
    /// client brings the HTTP client that outbound uses.
    static final Map<String, List<String>> TECHNOLOGY_OF = Map.of(
            "http", List.of("io.javalin..", "gg.jte..", "org.eclipse.jetty..", "jakarta.servlet.."),
            "csv", List.of("org.apache.commons.csv.."),
            "postgres", List.of("org.jdbi..", "com.zaxxer..", "org.flywaydb..", "io.zonky..", "org.postgresql.."),
            "queue", List.of("com.github.kagkarlsson.."),
            "work", List.of("java.util.concurrent.locks.none"),
            "cache", List.of("java.util.zip.CRC32C"),
            "imaging",
                    List.of(
                            "javax.imageio..",
                            "java.awt..",
                            "org.imgscalr..",
                            "com.twelvemonkeys..",
                            "com.luciad..",
                            "com.github.usefulness..",
                            "com.drew..",
                            "ai.onnxruntime..",
                            "java.lang.foreign.."),
            "storage", List.of("software.amazon..", "com.cloudinary..", "org.apache.hc..", "java.net.http.."),
            "outbound", List.of("org.apache.hc..", "java.net.http.."));

    static final Map<String, ArchRule> ALL = new LinkedHashMap<>();

    static {
        ALL.put(LAYERS, layers());
        ALL.put(ADAPTERS_APART, adaptersApart());
        ALL.put(STORES_APART, storesApart());
        ALL.put(TECHNOLOGIES, technologies());
        ALL.put(SOCKETS, sockets());
        ALL.put(NO_URL, noUrl());
        ALL.put(QUIET, quiet());
        ALL.put(CODEC_ALONE, codecAlone());
    }

    private ArchitectureRules() {}

    private static ArchRule layers() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.halftone..")
                .layer("domain")
                .definedBy(ROOT + "domain..")
                .layer("adapters")
                .definedBy(ROOT + "adapters..")
                .layer("app")
                .definedBy(ROOT + "app..")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("adapters")
                .mayOnlyBeAccessedByLayers("app")
                .ensureAllClassesAreContainedInArchitecture();
    }

    /// The queue runs the workers and shares the database's transactions; a download and a webhook go through
    /// the outbound guard (they are packages of it).
    private static ArchRule adaptersApart() {
        return slices().matching(ROOT + "adapters.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideInAnyPackage(ROOT + "adapters.queue.."), resideInAnyPackage(ROOT + "adapters.work.."))
                .ignoreDependency(
                        resideInAnyPackage(ROOT + "adapters.queue.."), resideInAnyPackage(ROOT + "adapters.postgres.."))
                .ignoreDependency(
                        resideInAnyPackage(ROOT + "adapters.work.."), resideInAnyPackage(ROOT + "adapters.postgres.."));
    }

    private static ArchRule storesApart() {
        return slices().matching(ROOT + "adapters.storage.(*)..").should().notDependOnEachOther();
    }

    private static ArchRule technologies() {
        CompositeArchRule rules = null;
        for (String library :
                TECHNOLOGY_OF.values().stream().flatMap(List::stream).distinct().toList()) {
            ArchRule rule = noClasses()
                    .that()
                    .resideOutsideOfPackages(ownersOf(library))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(library);
            rules = rules == null ? CompositeArchRule.of(rule) : rules.and(rule);
        }
        return java.util.Objects.requireNonNull(rules);
    }

    private static String[] ownersOf(String library) {
        return TECHNOLOGY_OF.entrySet().stream()
                .filter(entry -> entry.getValue().contains(library))
                .map(entry -> ROOT + "adapters." + entry.getKey() + "..")
                .toArray(String[]::new);
    }

    private static ArchRule sockets() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "adapters.outbound..", ROOT + "adapters.storage..", ROOT + "adapters.postgres..")
                .should()
                .dependOnClassesThat(named(
                        "open sockets",
                        "java.net.Socket",
                        "java.net.DatagramSocket",
                        "java.net.URLConnection",
                        "java.net.HttpURLConnection",
                        "java.nio.channels.DatagramChannel",
                        "java.nio.channels.SocketChannel",
                        "java.nio.channels.AsynchronousSocketChannel",
                        "javax.net.SocketFactory",
                        "javax.net.ssl.SSLSocketFactory"))
                .orShould(callMethod(InetAddress.class, "getByName", String.class))
                .orShould(callMethod(InetAddress.class, "getAllByName", String.class));
    }

    /// A URL that goes from one call straight into another, as in `ImageIO.read(uri.toURL())`, is no
    /// dependency of the class; the calls tell.
    private static ArchRule noUrl() {
        DescribedPredicate<JavaCall<?>> passed = DescribedPredicate.describe(
                "takes or gives a java.net.URL",
                call -> call.getTarget().getRawReturnType().isEquivalentTo(URL.class)
                        || call.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(URL.class)));
        return noClasses()
                .should()
                .dependOnClassesThat(named("are java.net.URL", "java.net.URL"))
                .orShould()
                .callCodeUnitWhere(passed);
    }

    private static ArchRule quiet() {
        ArchCondition<JavaClass> call = callMethod(Thread.class, "sleep", long.class)
                .or(callMethod(Instant.class, "now"))
                .or(accessField(System.class, "out"))
                .or(accessField(System.class, "err"));
        return noClasses().that().resideOutsideOfPackage(ROOT + "app..").should(call);
    }

    /// `java.base`, and JSpecify's annotations, which leave no trace at run time.
    private static ArchRule codecAlone() {
        String codec = ROOT + "adapters.imaging.jpeg.codec..";
        return classes()
                .that()
                .resideInAPackage(codec)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        codec,
                        "java.lang..",
                        "java.util..",
                        "java.io..",
                        "java.nio..",
                        "java.math..",
                        "org.jspecify..");
    }

    private static DescribedPredicate<JavaClass> named(String description, String... names) {
        List<String> known = List.of(names);
        return DescribedPredicate.describe(description, type -> known.contains(type.getName()));
    }
}
