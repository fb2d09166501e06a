/**
 * The networks: from a picture to faces, from a face to a unit vector. Start reading at {@link
 * io.facelogin.models.Detector} and {@link io.facelogin.models.Encoder}.
 */
@NullMarked
package io.facelogin.models;

import org.jspecify.annotations.NullMarked;
