package io.pipewright;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.pipewright.definition.DefinitionReader;
import io.pipewright.definition.PipelineDefinition;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.Planner;
import io.pipewright.schema.DocumentValidator;
import io.pipewright.schema.ValidDocument;
import io.pipewright.spi.option.Secret;
import io.pipewright.yaml.Document;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds ARCHITECTURE.md: which rooms may import which, where each library stays, and what nobody writes. */
class ArchitectureTest {

    /** Each room may import the ones before it. */
    private static final List<String> ROOMS =
            List.of("spi", "diagnostic", "yaml", "schema", "expression", "definition", "plan", "flink", "testkit");

    private static final String FLINK = "org.apache.flink..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.pipewright");

    private static String room(String name) {
        return "io.pipewright." + name + "..";
    }

    private static String[] rooms(Stream<String> names) {
        return names.map(ArchitectureTest::room).toArray(String[]::new);
    }

    @Test
    void allRoomsAreOnTheClassPath() {
        List<String> packages =
                CLASSES.stream().map(JavaClass::getPackageName).distinct().toList();
        assertThat(Stream.concat(ROOMS.stream(), Stream.of("app", "stages.kafka", "sandbox")))
                .allSatisfy(room -> assertThat(packages).contains("io.pipewright." + room.replace("spi", "spi.stage")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"spi", "diagnostic", "yaml", "schema", "expression", "definition", "plan", "flink", "testkit"})
    void importsGoOneWayFromRoomToRoom(String room) {
        Stream<String> later = ROOMS.stream().skip(ROOMS.indexOf(room) + 1L);
        noClasses()
                .that()
                .resideInAPackage(room(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms(Stream.concat(later, Stream.of("stages", "sandbox", "app"))))
                .check(CLASSES);
    }

    @Test
    void aStageSeesThePluginInterfaceAndNothingElseOfTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(room("stages"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms(Stream.concat(ROOMS.stream().skip(1), Stream.of("sandbox", "app"))))
                .check(CLASSES);
    }

    @Test
    void aStageSeesNoOtherStage() {
        slices().matching("io.pipewright.stages.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage(room("stages.http")), resideInAPackage(room("stages.cxone")))
                .ignoreDependency(resideInAPackage(room("stages.lookup")), resideInAPackage(room("stages.http")))
                .ignoreDependency(resideInAPackage(room("stages.lookup")), resideInAPackage(room("stages.cassandra")))
                .ignoreDependency(resideInAPackage(room("stages")), resideInAPackage(room("stages.tls")))
                .ignoreDependency(resideInAPackage(room("stages")), resideInAPackage(room("stages.text")))
                .ignoreDependency(resideInAPackage(room("stages")), resideInAPackage(room("stages.retry")))
                .ignoreDependency(resideInAPackage(room("stages")), resideInAPackage(room("stages.splits")))
                .check(CLASSES);
    }

    @Test
    void whatConnectionsShareAboutTlsKnowsNoStage() {
        noClasses()
                .that()
                .resideInAPackage(room("stages.tls"))
                .should()
                .dependOnClassesThat(resideInAPackage(room("stages")).and(not(resideInAPackage(room("stages.tls")))))
                .check(CLASSES);
    }

    @Test
    void theCxoneClientKnowsNeitherFlinkNorTheEngine() {
        DescribedPredicate<JavaClass> ownOrSecret =
                resideInAPackage(room("stages.cxone")).or(equivalentTo(Secret.class));
        noClasses()
                .that()
                .resideInAPackage(room("stages.cxone"))
                .should()
                .dependOnClassesThat(resideInAPackage(FLINK)
                        .or(resideInAPackage("io.pipewright..").and(not(ownOrSecret))))
                .check(CLASSES);
    }

    @Test
    void nobodyImportsTheApp() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("app"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(room("app"))
                .check(CLASSES);
    }

    @Test
    void theSandboxAndItsOracleShareNoCodeWithTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(room("sandbox"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.concat(
                                Stream.of(FLINK), Stream.of(rooms(Stream.concat(ROOMS.stream(), Stream.of("stages")))))
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void everitIsKnownToTheSchemaRoomAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("schema"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.everit..", "org.json..")
                .check(CLASSES);
    }

    @Test
    void thePhasesArePutInARowInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(
                        PipelineCompiler.class, DocumentValidator.class, DefinitionReader.class, Planner.class)
                .should()
                .callMethod(DocumentValidator.class, "validate", Document.class)
                .orShould()
                .callMethod(DefinitionReader.class, "read", ValidDocument.class)
                .orShould()
                .callMethod(Planner.class, "plan", PipelineDefinition.class)
                .because("there is no second way from a file to its findings")
                .check(CLASSES);
    }

    @Test
    void theCelLibraryIsKnownToTheExpressionRoomAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pipewright.expression")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.cel..", "com.google.protobuf..", "org.antlr..")
                .because("what travels to a TaskManager, io.pipewright.expression.tree, loads none of it")
                .check(CLASSES);
    }

    @Test
    void theLayoutKernelIsKnownToThePicturesAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pipewright.app.picture")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.elk..", "org.eclipse.emf..", "org.eclipse.xtext..", "java.awt..")
                .because("only `graph` may spend the time to load it")
                .check(CLASSES);
    }

    @Test
    void casesKnowNothingOfTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage(room("app.casefile"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pipewright.app", "picocli..")
                .check(CLASSES);
    }

    @Test
    void thePlanningHalfOfAStageKnowsNoFlink() {
        classes()
                .that(belongToThePlanningHalf())
                .should(never(dependOnClassesThat(resideInAPackage(FLINK))))
                .because("`validate` runs with no Flink on the class path")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> belongToThePlanningHalf() {
        return DescribedPredicate.describe(
                "are the Type, Options or Plan of a stage, or nested in one",
                type -> type.getPackageName().startsWith("io.pipewright.stages.")
                        && outermost(type).getSimpleName().matches(".*(Type|Options|Plan|Planner)"));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    @Test
    void flinkStaysInTheRoomsThatBuildAndRunJobs() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.pipewright.spi.record",
                        "io.pipewright.spi.stage",
                        room("flink"),
                        room("testkit"),
                        room("stages"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FLINK)
                .check(CLASSES);
    }

    @Test
    void thePlanningHalfOfThePluginInterfaceKnowsNoFlink() {
        classes()
                .that()
                .resideInAPackage("io.pipewright.spi.stage")
                .and()
                .haveNameMatching(".*\\.(\\w+Type|\\w+Plan|PlanContext|StageInfo|OutputPort|PortKind|ErrorPolicy"
                        + "|OutsideCheck)(\\$.*)?")
                .should(never(dependOnClassesThat(resideInAPackage(FLINK))))
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*\\.\\w*(Util|Helper|Manager|Impl|Common)\\w*")
                .check(CLASSES);
        noClasses()
                .should()
                .resideInAnyPackage("..common..", "..util..", "..utils..", "..helper..", "..impl..", "..manager..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("app"))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void nobodyPrintsAStackTraceOfTheJdks() {
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(CLASSES);
    }

    @Test
    void noStateIsStaticAndMutable() {
        fields().that().areStatic().should().haveModifier(JavaModifier.FINAL).check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIsForAndForbidsNull() {
        String unmarked = CLASSES.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(JavaClass::getPackageName)
                .distinct()
                .collect(Collectors.joining(", "));
        assertThat(unmarked).isEmpty();
    }
}
