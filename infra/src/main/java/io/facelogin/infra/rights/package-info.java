/**
 * What each stage may do on a Kafka with access rules: one list, from which the rules are made and
 * each worker's own rights are checked. Start reading at {@link
 * io.facelogin.infra.rights.AccessList}.
 */
@NullMarked
package io.facelogin.infra.rights;

import org.jspecify.annotations.NullMarked;
