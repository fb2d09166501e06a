package io.facelogin.models.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facelogin.models.manifest.Manifest.NpmEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * Packages that tests need, kept in the build's folder. Got by {@code npm pack}; a machine without
 * npm leaves the test out.
 */
public final class NpmPackage {

  private static final Path CACHE = Path.of("target/npm");

  private NpmPackage() {}

  /** The folder with the package's tarball in it, as a mirror would be. */
  public static Path mirror(String name, String version) throws Exception {
    Path tarball = CACHE.resolve(new NpmEntry(name, version, "-").tarball());
    if (!Files.exists(tarball)) {
      assumeTrue(onPath("npm"), "left out: there is no npm to get " + name + " with");
      Files.createDirectories(CACHE);
      // Into a folder of its own first, so that a broken download never looks like a whole one.
      Path fresh = Files.createTempDirectory(CACHE, "pack");
      Process npm =
          new ProcessBuilder("npm", "pack", "--silent", name + "@" + version)
              .directory(fresh.toFile())
              .redirectErrorStream(true)
              .redirectOutput(fresh.resolve("npm.log").toFile())
              .start();
      if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        throw new AssertionError(
            "npm pack " + name + " failed: " + Files.readString(fresh.resolve("npm.log")));
      }
      Files.move(
          fresh.resolve(tarball.getFileName()), tarball, StandardCopyOption.REPLACE_EXISTING);
    }
    return CACHE;
  }

  public static byte[] file(NpmEntry entry, long sizeBytes) throws Exception {
    Path tarball = mirror(entry.name(), entry.version()).resolve(entry.tarball());
    try (var in = Files.newInputStream(tarball)) {
      return Tarball.entry(in, entry, sizeBytes).orElseThrow();
    }
  }

  private static boolean onPath(String program) throws IOException {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
