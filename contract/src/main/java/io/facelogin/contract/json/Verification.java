package io.facelogin.contract.json;

/**
 * Whether two pictures show the same person.
 *
 * @param similarity cosine, -1 to 1
 * @param threshold from which two count as the same
 */
public record Verification(boolean same, double similarity, double threshold, String model) {}
