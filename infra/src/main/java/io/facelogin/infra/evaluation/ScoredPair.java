package io.facelogin.infra.evaluation;

import java.util.OptionalDouble;

/**
 * A pair and what the network says of it.
 *
 * @param cosineSimilarity absent where a face was not found: such a pair counts as judged wrong
 * @param quality the lower of the two faces', 0 to 1; absent likewise
 */
public record ScoredPair(Pair pair, OptionalDouble cosineSimilarity, OptionalDouble quality) {

  boolean isRightAt(double threshold) {
    return cosineSimilarity.isPresent() && reaches(threshold) == pair.same();
  }

  boolean reaches(double threshold) {
    return cosineSimilarity.isPresent() && cosineSimilarity.getAsDouble() >= threshold;
  }
}
