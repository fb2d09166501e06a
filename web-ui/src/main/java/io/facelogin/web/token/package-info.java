/**
 * What proves a face login to other applications: signed tokens, and the keys that sign them. Start
 * reading at {@link io.facelogin.web.token.FaceTokens}.
 */
@NullMarked
package io.facelogin.web.token;

import org.jspecify.annotations.NullMarked;
