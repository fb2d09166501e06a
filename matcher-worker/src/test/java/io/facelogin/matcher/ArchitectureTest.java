package io.facelogin.matcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.facelogin.matcher");

  @Test
  void theCoreKnowsNeitherKafkaNorTheDisk() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.facelogin.matcher.decision..",
            "io.facelogin.matcher.enrolment..",
            "io.facelogin.matcher.gallery..",
            "io.facelogin.matcher.index..",
            "io.facelogin.matcher.liveness..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "org.lmdbjava..",
            "io.facelogin.matcher.kafka..",
            "io.facelogin.matcher.lmdb..")
        .check(CLASSES);
  }
}
