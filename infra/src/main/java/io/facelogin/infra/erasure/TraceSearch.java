package io.facelogin.infra.erasure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads every byte of every file of a folder and looks for traces: some 100 MB a second. */
public final class TraceSearch {

  private static final int CHUNK_BYTES = 1 << 20;

  /** By the first four bytes. */
  private final Map<Integer, List<Trace>> traces = new HashMap<>();

  /** By the first two: nearly every byte of a disk is passed over with one look. */
  private final boolean[] begins = new boolean[1 << Short.SIZE];

  private final int longest;

  public TraceSearch(List<Trace> wanted) {
    wanted.forEach(
        trace -> {
          int head = head(trace.bytes(), 0);
          traces.computeIfAbsent(head, first -> new ArrayList<>()).add(trace);
          begins[head >>> Short.SIZE] = true;
        });
    longest = wanted.stream().mapToInt(trace -> trace.bytes().length).max().orElse(Integer.BYTES);
  }

  /** A trace that was found, how often in which file. */
  public record Found(Path file, String what, int times) {}

  /** Of files that vanish meanwhile nothing is found. */
  public List<Found> in(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    List<Found> found = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK_BYTES)) {
        search(in).forEach((what, times) -> found.add(new Found(file, what, times)));
      } catch (NoSuchFileException e) {
        // Logs are rolled and segments deleted while we look.
      }
    }
    return found;
  }

  private Map<String, Integer> search(InputStream in) throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    byte[] chunk = new byte[CHUNK_BYTES + longest];
    int kept = 0;
    while (true) {
      int read = in.readNBytes(chunk, kept, chunk.length - kept);
      int end = kept + read;
      boolean last = end < chunk.length;
      // What begins in the last bytes is looked at with the next chunk.
      int until = last ? end - Integer.BYTES + 1 : end - longest;
      for (int i = 0; i < until; i++) {
        if (!begins[(chunk[i] & 0xff) << Byte.SIZE | (chunk[i + 1] & 0xff)]) {
          continue;
        }
        List<Trace> candidates = traces.get(head(chunk, i));
        if (candidates != null) {
          for (Trace trace : candidates) {
            int length = trace.bytes().length;
            if (i + length <= end
                && Arrays.equals(chunk, i, i + length, trace.bytes(), 0, length)) {
              found.merge(trace.what(), 1, Integer::sum);
            }
          }
        }
      }
      if (last) {
        return found;
      }
      kept = end - until;
      System.arraycopy(chunk, until, chunk, 0, kept);
    }
  }

  private static int head(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }
}
