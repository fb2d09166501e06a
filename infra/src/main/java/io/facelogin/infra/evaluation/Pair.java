package io.facelogin.infra.evaluation;

import java.nio.file.Path;

/**
 * Two pictures of which somebody knows whether they show one person.
 *
 * @param fold pairs of one fold are judged with what was learnt from the others; empty: no folds
 * @param group such as an age or a region, for one rate each; empty: none
 */
public record Pair(Path image1, Path image2, boolean same, String fold, String group) {}
