/**
 * The templates of everybody enrolled, and what enrolling and erasing mean. Start reading at {@link
 * io.facelogin.matcher.gallery.Gallery}.
 */
@NullMarked
package io.facelogin.matcher.gallery;

import org.jspecify.annotations.NullMarked;
