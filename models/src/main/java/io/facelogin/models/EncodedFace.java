package io.facelogin.models;

/** A face of a picture with its vector. */
public record EncodedFace(FoundFace found, Embedding embedding) {}
