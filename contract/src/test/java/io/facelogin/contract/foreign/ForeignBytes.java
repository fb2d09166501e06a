package io.facelogin.contract.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.function.Executable;

/**
 * Bytes as strangers send them, for the tests of whatever reads such: whole ones of which something
 * was changed, cut off, doubled or put in. What comes of one seed is always the same.
 */
public final class ForeignBytes {

  private static final int MOST_HITS = 6;

  /** Only a parser that has lost its way takes as long for some kilobytes, on any machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What parsers have stumbled over elsewhere, and bytes of lengths that are too large. */
  private static final List<byte[]> TROUBLE =
      List.of(
          bytes("\0"),
          bytes("\r\n"),
          bytes("\r\n\r\n"),
          bytes("\""),
          bytes("'"),
          bytes("\\u0000"),
          bytes("\\ud800"),
          bytes("null"),
          bytes("-1"),
          bytes("9".repeat(40)),
          bytes("1e999"),
          bytes("["),
          bytes("{"),
          bytes("[".repeat(2_000)),
          bytes("&a [*a]"),
          bytes("<<: *a"),
          bytes("!!int x"),
          bytes(": "),
          bytes(","),
          bytes("=&"),
          bytes("%00"),
          bytes("%2e%2e%2f"),
          bytes("%zz"),
          bytes("../../"),
          bytes("*"),
          bytes("\u202e\uD83D\uDE00"),
          bytes("x".repeat(5_000)),
          new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
          new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
          new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f},
          new byte[] {(byte) 0x80, 0, 0, 0},
          new byte[] {(byte) 0xc0, (byte) 0x80});

  private ForeignBytes() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Damaged forms of these, for a property. */
  public static Arbitrary<byte[]> damaged(List<byte[]> whole) {
    return Arbitraries.of(whole)
        .flatMap(one -> Arbitraries.longs().map(seed -> damaged(one, new Random(seed))))
        .withoutEdgeCases();
  }

  /** One damaged form; never longer than the whole one by more than some tens of kilobytes. */
  public static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int hits = 1 + random.nextInt(MOST_HITS);
    for (int hit = 0; hit < hits; hit++) {
      int at = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 4 : 200));
      bytes =
          switch (random.nextInt(7)) {
            case 0 -> joined(bytes, at, changed(bytes, at, to, random), bytes, to);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> joined(bytes, at, new byte[0], bytes, to);
            case 3 -> joined(bytes, to, Arrays.copyOfRange(bytes, at, to), bytes, to);
            case 4, 5 -> joined(bytes, at, anyTrouble(random), bytes, at);
            default -> joined(bytes, at, anyTrouble(random), bytes, to);
          };
    }
    return bytes;
  }

  private static byte[] anyTrouble(Random random) {
    return TROUBLE.get(random.nextInt(TROUBLE.size()));
  }

  private static byte[] changed(byte[] bytes, int from, int to, Random random) {
    byte[] part = Arrays.copyOfRange(bytes, from, to);
    if (part.length > 0 && random.nextBoolean()) {
      part[0] ^= (byte) (1 << random.nextInt(8));
    } else {
      random.nextBytes(part);
    }
    return part;
  }

  private static byte[] joined(byte[] head, int to, byte[] middle, byte[] tail, int tailFrom) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head, 0, to);
    out.writeBytes(middle);
    out.write(tail, tailFrom, tail.length - tailFrom);
    return out.toByteArray();
  }

  /**
   * Runs a parser, which must come to an end and must not ask for more memory than that.
   *
   * @param mostBytes of heap, all in all, also what is free again by then
   */
  public static void assertBounded(long mostBytes, Executable parse) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          long before = threads.getCurrentThreadAllocatedBytes();
          parse.execute();
          assertThat(threads.getCurrentThreadAllocatedBytes() - before)
              .as("bytes of heap that were asked for")
              .isLessThan(mostBytes);
        });
  }
}
