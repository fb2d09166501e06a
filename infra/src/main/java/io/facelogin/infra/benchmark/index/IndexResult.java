package io.facelogin.infra.benchmark.index;

import java.util.Map;

/**
 * One row of the table: a way of searching with one setting.
 *
 * @param setting of the knob that trades time for recall
 * @param buildSeconds with all threads
 * @param fileBytes 0 where everything lies on the heap
 * @param queriesPerSecond with all threads
 * @param recallAt1 how often the first answer is the truly nearest row, by the cosine of the mate
 * @param recallAt5 share of the five truly nearest that are among the five answers, likewise
 */
public record IndexResult(
    int items,
    int dimension,
    String engine,
    String setting,
    double buildSeconds,
    long fileBytes,
    double p50Ms,
    double p99Ms,
    double queriesPerSecond,
    Map<String, Double> recallAt1,
    Map<String, Double> recallAt5) {}
