@NullMarked
package io.facelogin.detector.presentation;

import org.jspecify.annotations.NullMarked;
