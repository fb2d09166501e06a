package io.facelogin.infra.chaos;

import io.facelogin.infra.worker.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each stage's process holds, right after a garbage collection. */
final class Memory {

  private static final long MB = 1 << 20;
  private static final int LOOKS = 3;

  /** So much may come and go: caches that fill, code that is compiled. */
  private static final long HEAP_MARGIN_MB = 60;

  /** Arenas of the native allocator and of the networks. */
  private static final long RESIDENT_MARGIN_MB = 250;

  private record Held(long heapMb, long residentMb) {}

  private final Map<StageName, Held> held;

  private Memory(Map<StageName, Held> held) {
    this.held = held;
  }

  static Memory of(RehearsalSite site) throws IOException, InterruptedException {
    List<Process> collections = new ArrayList<>();
    for (StageName stage : site.stages()) {
      collections.add(collectGarbage(site.worker(stage).pid()));
    }
    for (Process collection : collections) {
      collection.waitFor();
    }
    Map<StageName, Held> held = new TreeMap<>();
    for (StageName stage : site.stages()) {
      held.put(stage, new Held(heapMb(site, stage), residentMb(site.worker(stage).pid())));
    }
    return new Memory(held);
  }

  /**
   * What a site holds now beyond what is usual, compared with this; empty if memory is flat. Frames
   * go on coming between the collection and the look, so what seems grown is looked at again.
   */
  List<String> grown(RehearsalSite site) throws IOException, InterruptedException {
    List<String> grown = List.of();
    for (int look = 0; look < LOOKS; look++) {
      grown = Memory.of(site).grownSince(this);
      if (grown.isEmpty()) {
        break;
      }
    }
    return grown;
  }

  private List<String> grownSince(Memory before) {
    List<String> grown = new ArrayList<>();
    held.forEach(
        (stage, now) -> {
          Held then = before.held.get(stage);
          if (then != null && now.heapMb() > then.heapMb() + HEAP_MARGIN_MB) {
            grown.add(
                "the heap of %s grew from %d to %d MB"
                    .formatted(stage, then.heapMb(), now.heapMb()));
          }
          if (then != null && now.residentMb() > then.residentMb() + RESIDENT_MARGIN_MB) {
            grown.add(
                "the memory of %s grew from %d to %d MB"
                    .formatted(stage, then.residentMb(), now.residentMb()));
          }
        });
    return grown;
  }

  private static Process collectGarbage(long pid) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      throw new CannotException("there is no jcmd beside " + jcmd + ": run it with a JDK");
    }
    return new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long heapMb(RehearsalSite site, StageName stage)
      throws IOException, InterruptedException {
    return (long) (site.metric(stage, "jvm_memory_used_bytes", "area=\"heap\"") / MB);
  }

  private static long residentMb(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
