/** The gallery on disk. Start reading at {@link io.facelogin.matcher.lmdb.LmdbGalleryStore}. */
@NullMarked
package io.facelogin.matcher.lmdb;

import org.jspecify.annotations.NullMarked;
