package io.facelogin.infra.evaluation;

import java.util.OptionalDouble;

/**
 * A pair and what the network says of it.
 *
 * @param cosineSimilarity absent where a face was not found: such a pair counts as judged wrong
 */
public record ScoredPair(Pair pair, OptionalDouble cosineSimilarity) {

  boolean isRightAt(double threshold) {
    return cosineSimilarity.isPresent()
        && (cosineSimilarity.getAsDouble() >= threshold) == pair.same();
  }
}
