package io.facelogin.contract.json;

/**
 * Stands where the answer for a picture would.
 *
 * @param image as the caller named it
 * @param error for people: what is wrong with it
 */
public record UnusablePicture(String image, String error) implements Detection, Embedded {}
