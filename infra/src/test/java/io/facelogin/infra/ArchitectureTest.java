package io.facelogin.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which module may use which, and which packages know nothing of Kafka and Spring. */
class ArchitectureTest {

  private static final String ROOT = "io.facelogin.";

  /** Module and those of ours that it may use; infra may use all. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "contract", Set.of(),
          "jannoy", Set.of(),
          "models", Set.of("contract"),
          "capture", Set.of("contract"),
          "detector", Set.of("contract", "models"),
          "encoder", Set.of("contract", "models"),
          "matcher", Set.of("contract", "models", "jannoy"),
          "web", Set.of("contract", "models"));

  /** Plain Java: they can be read and tested without a broker. */
  private static final List<String> CORES =
      List.of(
          ROOT + "jannoy..",
          ROOT + "models..",
          ROOT + "capture.source..",
          ROOT + "capture.camera..",
          ROOT + "detector.frame..",
          ROOT + "detector.follow..",
          ROOT + "detector.track..",
          ROOT + "encoder.face..",
          ROOT + "matcher.decision..",
          ROOT + "matcher.enrolment..",
          ROOT + "matcher.gallery..",
          ROOT + "matcher.index..",
          ROOT + "matcher.liveness..");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.facelogin");

  @Test
  void everyModuleIsLookedAt() {
    for (String module : MAY_USE.keySet()) {
      assertThat(CLASSES.stream().anyMatch(type -> isIn(type, module))).as(module).isTrue();
    }
  }

  @Test
  void modulesUseOnlyThoseTheyMayUse() {
    MAY_USE.forEach(
        (module, others) ->
            noClasses()
                .that(inModule(module))
                .should()
                .dependOnClassesThat(inAnotherModuleThan(module, others))
                .because(module + " may use only " + others)
                .check(CLASSES));
  }

  @Test
  void coresKnowNeitherKafkaNorSpring() {
    noClasses()
        .that()
        .resideInAnyPackage(CORES.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "org.springframework..", "io.facelogin.contract.kafka..")
        .check(CLASSES);
  }

  @Test
  void springIsInTheWebStageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(CLASSES);
  }

  @Test
  void packagesOfTheLauncherFormNoCycle() {
    SlicesRuleDefinition.slices()
        .matching(ROOT + "infra.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  private static boolean isIn(JavaClass type, String module) {
    return type.getPackageName().equals(ROOT + module)
        || type.getPackageName().startsWith(ROOT + module + ".");
  }

  private static DescribedPredicate<JavaClass> inModule(String module) {
    return DescribedPredicate.describe("are in " + module, type -> isIn(type, module));
  }

  private static DescribedPredicate<JavaClass> inAnotherModuleThan(
      String module, Set<String> others) {
    return DescribedPredicate.describe(
        "are in a module other than " + others,
        type ->
            type.getPackageName().startsWith("io.facelogin")
                && !isIn(type, module)
                && others.stream().noneMatch(other -> isIn(type, other)));
  }
}
