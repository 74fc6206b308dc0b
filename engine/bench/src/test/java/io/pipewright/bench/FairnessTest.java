package io.pipewright.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What is compared with the engine, and what judges it, has none of the engine's code. */
class FairnessTest {

    private static final String[] ENGINE = {
        "io.pipewright.spi..",
        "io.pipewright.expression..",
        "io.pipewright.definition..",
        "io.pipewright.plan..",
        "io.pipewright.flink..",
        "io.pipewright.testkit..",
        "io.pipewright.stages.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.pipewright.bench");

    @Test
    void theOracleAndTheFeedHaveNothingOfTheEngine() {
        noClasses()
                .that()
                .resideInAPackage("io.pipewright.bench.feed..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE)
                .check(CLASSES);
    }

    @Test
    void theEventsAndAnswersOfNexmarkHaveNothingOfTheEngine() {
        noClasses()
                .that()
                .resideInAPackage("io.pipewright.bench.nexmark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE)
                .check(CLASSES);
    }

    @Test
    void theJobsWrittenByHandHaveNothingOfTheEngine() {
        noClasses()
                .that()
                .haveNameMatching(".*\\.(ExpertJob|TutorialJob|SqlJob|ParseFunction|CustomerJoin|FailurePattern|Pojos"
                        + "|VolumeCount|VolumeRow|DriverLoop|BareKafkaJob|RowSource|RowMaker|SinkRow)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE)
                .check(CLASSES);
    }
}
