package io.facelogin.jannoy;

/**
 * How the trees are grown. The same vectors, settings and arithmetic give the same file, byte for
 * byte.
 *
 * @param trees number of trees: more find more at the same searchK and cost disk (about 11 bytes
 *     per item each)
 * @param threads each grows whole trees; its number is part of what makes the file
 * @param arithmetic {@link VectorArithmetic#sequential()} with one thread repeats the original's
 *     files
 */
public record BuildSettings(int trees, long seed, int threads, VectorArithmetic arithmetic) {

  public BuildSettings {
    if (trees < 1 || trees > 10_000) {
      throw new IllegalArgumentException("trees must be 1 to 10000, got " + trees);
    }
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads must be 1 to 1024, got " + threads);
    }
  }

  /** 50 trees, the original's seed, one thread, the fastest arithmetic here. */
  public static BuildSettings defaults() {
    return new BuildSettings(50, 1234567890987654321L, 1, VectorArithmetic.fastest());
  }

  public BuildSettings withTrees(int trees) {
    return new BuildSettings(trees, seed, threads, arithmetic);
  }

  public BuildSettings withSeed(long seed) {
    return new BuildSettings(trees, seed, threads, arithmetic);
  }

  public BuildSettings withThreads(int threads) {
    return new BuildSettings(trees, seed, threads, arithmetic);
  }

  public BuildSettings withArithmetic(VectorArithmetic arithmetic) {
    return new BuildSettings(trees, seed, threads, arithmetic);
  }
}
