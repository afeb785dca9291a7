package dev.halftone.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.halftone.adapters.csv.planted.CallsAnotherAdapter;
import dev.halftone.adapters.csv.planted.CallsTheApp;
import dev.halftone.adapters.csv.planted.LooksUpAName;
import dev.halftone.adapters.csv.planted.OpensASocket;
import dev.halftone.adapters.csv.planted.PrintsAndSleeps;
import dev.halftone.adapters.csv.planted.ReadsFromAUrl;
import dev.halftone.adapters.csv.planted.UsesATechnologyOfAnother;
import dev.halftone.adapters.csv.planted.UsesUrl;
import dev.halftone.adapters.imaging.jpeg.codec.planted.KnowsTheDomain;
import dev.halftone.adapters.storage.file.planted.CallsAnotherStore;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The shape of the house. Each rule is run over the product's classes, and over a planted class that breaks
/// it: a rule that can't fail checks nothing.
class ArchitectureTest {
    private static JavaClasses product;
    private static JavaClasses all;

    @BeforeAll
    static void importProduct() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/jte/"))
                .importPackages("dev.halftone");
        all = new ClassFileImporter()
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.halftone");
    }

    @TestFactory
    java.util.stream.Stream<DynamicTest> everyRuleHolds() {
        return ArchitectureRules.ALL.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(product)));
    }

    @TestFactory
    java.util.stream.Stream<DynamicTest> everyRuleSeesItsCounterExample() {
        Map<String, List<Class<?>>> planted = Map.of(
                ArchitectureRules.LAYERS, List.of(CallsTheApp.class),
                ArchitectureRules.ADAPTERS_APART, List.of(CallsAnotherAdapter.class),
                ArchitectureRules.STORES_APART, List.of(CallsAnotherStore.class),
                ArchitectureRules.TECHNOLOGIES, List.of(UsesATechnologyOfAnother.class),
                ArchitectureRules.SOCKETS, List.of(OpensASocket.class, LooksUpAName.class),
                ArchitectureRules.NO_URL, List.of(UsesUrl.class, ReadsFromAUrl.class),
                ArchitectureRules.QUIET, List.of(PrintsAndSleeps.class),
                ArchitectureRules.CODEC_ALONE, List.of(KnowsTheDomain.class));
        assertThat(planted.keySet()).isEqualTo(ArchitectureRules.ALL.keySet());
        return planted.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(planting -> DynamicTest.dynamicTest(
                                entry.getKey(),
                                () -> assertThat(violations(entry.getKey(), planting))
                                        .as("%s breaks the rule", planting.getSimpleName())
                                        .isTrue())));
    }

    /// The layers rule fails on missing layers, so the planted class joins the product's.
    private static boolean violations(String name, Class<?> planted) {
        ArchRule rule = java.util.Objects.requireNonNull(ArchitectureRules.ALL.get(name));
        return rule.evaluate(all.that(DescribedPredicate.describe(
                        "are the product's or planted",
                        type -> product.contain(type.getName())
                                || type.getName().equals(planted.getName()))))
                .hasViolation();
    }

    @Test
    void everyAdapterPackageIsInTheMapOfTechnologies() {
        TreeSet<String> packages = product.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith("dev.halftone.adapters."))
                .map(name -> name.substring("dev.halftone.adapters.".length()).replaceAll("\\..*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).isEqualTo(new TreeSet<>(ArchitectureRules.TECHNOLOGY_OF.keySet()));
    }
}
