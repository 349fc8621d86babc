package io.adjustbatch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** What every class keeps to: the arrows between packages, and the rules that packages cannot say. */
class ModularityTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.adjustbatch");

    @Test
    void packagesUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(Application.class).verify();
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<JavaPackage> packages = CLASSES.getPackage("io.adjustbatch").getSubpackagesInTree();

        assertThat(packages)
                .hasSizeGreaterThan(5)
                .allSatisfy(each -> assertThat(each.tryGetPackageInfo())
                        .hasValueSatisfying(info -> assertThat(info.isAnnotatedWith(NullMarked.class))
                                .isTrue()));
    }

    @Test
    void onlyAdjustIsAnHttpClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..adjust")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.apache.hc..", "java.net.http..", "org.eclipse.jetty.client..")
                                .or(assignableTo(java.net.URLConnection.class)))
                .check(CLASSES);
    }

    @Test
    void onlyTheSandboxIsAnHttpServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..sandbox")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.eclipse.jetty..", "com.sun.net.httpserver.."))
                .check(CLASSES);
    }

    /** {@code job} takes the lock and migrates; {@code embedded} asks its server whether it answers. */
    @Test
    void onlyTheOwnersOfTablesSpeakSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "..warehouse", "..ledger", "..audit", "..audit.files", "..job", "..embedded", "..cli")
                .should()
                .dependOnClassesThat(DATABASE)
                .check(CLASSES);
    }

    /** What is counted knows of no page, and a page of no files. */
    @Test
    void reportsAreMadeOfPagesAndPagesOfFigures() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("..audit..")
                .layer("figures")
                .definedBy("..audit")
                .layer("page")
                .definedBy("..audit.page")
                .layer("files")
                .definedBy("..audit.files")
                .whereLayer("figures")
                .mayOnlyBeAccessedByLayers("page", "files")
                .whereLayer("page")
                .mayOnlyBeAccessedByLayers("files")
                .whereLayer("files")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    /** Commands explain a database's failures, and hand its address on. */
    @Test
    void commandsLeaveTheDatabaseToOthers() {
        DescribedPredicate<JavaClass> failures =
                assignableTo(SQLException.class).or(assignableTo(RuntimeException.class));

        noClasses()
                .that()
                .resideInAPackage("..cli")
                .should()
                .dependOnClassesThat(DATABASE.and(not(failures))
                        .and(not(assignableTo(DataSource.class)))
                        .and(not(resideInAPackage("org.postgresql.util"))))
                .check(CLASSES);
    }

    @Test
    void policyIsPlainJava() {
        noClasses()
                .that()
                .resideInAPackage("..policy")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.springframework..", "java.net..", "java.io..", "java.nio..")
                                .and(not(resideInAnyPackage("org.springframework.modulith"))))
                .check(CLASSES);
    }

    /** {@code Executions} alone does without: it fills in Spring Batch's own columns, which Batch stamps without one. */
    @Test
    void everyTimeComesFromAClock() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Executions")
                .should()
                .accessTargetWhere(OWN_TIME)
                .check(CLASSES);
    }

    /** So that a test can give everything else another one. */
    @Test
    void onlyWiringAndDefaultsMakeClocks() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Configuration")
                .and()
                .haveSimpleNameNotEndingWith("Settings")
                .and()
                .doNotHaveSimpleName("Cli")
                .should()
                .accessTargetWhere(describe(
                        "make a clock",
                        access -> access.getTargetOwner().isEquivalentTo(Clock.class)
                                && access.getName().startsWith("system")))
                .check(CLASSES);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CLASSES);
    }

    @Test
    void onlyCommandsPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cli")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    private static final DescribedPredicate<JavaClass> DATABASE = resideInAnyPackage(
            "java.sql", "javax.sql", "org.postgresql..", "org.springframework.jdbc..", "org.flywaydb..");

    private static final DescribedPredicate<JavaAccess<?>> OWN_TIME =
            describe("read the time without a Clock", access -> readsTime(access.getTargetOwner(), access));

    private static boolean readsTime(JavaClass owner, JavaAccess<?> access) {
        return switch (access.getName()) {
            case "now" ->
                owner.getPackageName().startsWith("java.time")
                        && !access.getTarget().getFullName().contains("(" + Clock.class.getName() + ")");
            case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "<init>" ->
                owner.isEquivalentTo(Date.class)
                        && access.getTarget().getFullName().endsWith("()");
            default -> false;
        };
    }
}
