/**
 * The visitor's language: which one it is, and how the scripts of the pages get their texts in it.
 * Start reading at Languages.
 */
@NullMarked
package io.facelogin.web.language;

import org.jspecify.annotations.NullMarked;
