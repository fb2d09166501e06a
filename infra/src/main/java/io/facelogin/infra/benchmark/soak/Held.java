package io.facelogin.infra.benchmark.soak;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds after a garbage collection.
 *
 * @param frames answered until then
 * @param faces encoded until then
 * @param seconds since the beginning
 * @param residentMb all of it, as the kernel counts: heap, networks, native memory
 * @param heapMb objects that live
 * @param directMb buffers outside of the heap that Java knows of
 */
public record Held(
    long frames, long faces, double seconds, long residentMb, long heapMb, long directMb) {

  private static final long MB = 1 << 20;

  static Held now(long frames, long faces, double seconds) throws IOException {
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new Held(frames, faces, seconds, residentNowMb(), heap / MB, direct / MB);
  }

  private static long residentNowMb() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow(() -> new IOException("The kernel does not say what is resident"));
  }
}
