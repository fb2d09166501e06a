/**
 * Annoy in Java: approximate nearest neighbours in a memory-mapped file of random projection trees,
 * in the file format of Spotify's Annoy. Start reading at {@link io.facelogin.jannoy.AnnoyBuilder}
 * (makes a file) and {@link io.facelogin.jannoy.AnnoyIndex} (searches one).
 */
@NullMarked
package io.facelogin.jannoy;

import org.jspecify.annotations.NullMarked;
