package io.facelogin.models.geometry;

/** A place in a picture, in pixels. */
public record Point(float x, float y) {}
