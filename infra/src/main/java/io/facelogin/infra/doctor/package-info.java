/**
 * What must be there for face-login to run, and whether it is. Start reading at {@link
 * io.facelogin.infra.doctor.MachineChecks}.
 */
@NullMarked
package io.facelogin.infra.doctor;

import org.jspecify.annotations.NullMarked;
