package io.facelogin.infra.evaluation.attack;

import java.nio.file.Path;

/**
 * A picture or clip of which somebody knows what was before the camera.
 *
 * @param attack whether it was a picture of a person
 * @param species what kind of attack, such as print or replay; of people what the list says
 */
public record Presentation(Path file, boolean attack, String species) {}
