package io.facelogin.contract.json;

import java.util.List;
import java.util.Map;

/**
 * How well a network tells people apart on labelled pairs.
 *
 * @param accuracy share of the pairs judged right; a pair whose face was not found is judged wrong
 * @param threshold cosine similarity; the mean of the folds' where each fold had its own
 * @param tar true accept rate by false match rate, such as "1e-3"
 * @param failedToDetect pictures in which no face was found or that could not be read
 * @param thresholdFrom where the thresholds come from: FOLDS, CROSS_VALIDATED or MANIFEST
 * @param groups accuracy of each kind of pairs; empty where the list names none
 * @param failed those pictures
 */
public record Evaluation(
    int pairs,
    double accuracy,
    double threshold,
    Map<String, Double> tar,
    int failedToDetect,
    String model,
    String thresholdFrom,
    Map<String, Double> groups,
    List<UnusablePicture> failed) {}
