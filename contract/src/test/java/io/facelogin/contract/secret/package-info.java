@NullMarked
package io.facelogin.contract.secret;

import org.jspecify.annotations.NullMarked;
