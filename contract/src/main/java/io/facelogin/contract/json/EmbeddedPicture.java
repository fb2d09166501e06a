package io.facelogin.contract.json;

/**
 * The largest face of one picture as a unit vector.
 *
 * @param image as the caller named it
 * @param model whose vectors these are; those of different models never meet
 * @param embedding of length 1; shared, not copied
 */
public record EmbeddedPicture(String image, String model, float[] embedding) implements Embedded {}
