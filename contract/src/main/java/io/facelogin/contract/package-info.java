/**
 * What the processes of face-login say to each other: identifiers, records (generated from {@code
 * records.proto}) and topics. Start reading at {@link io.facelogin.contract.kafka.Topics}.
 */
@NullMarked
package io.facelogin.contract;

import org.jspecify.annotations.NullMarked;
