package io.facelogin.contract.kafka;

import com.google.protobuf.ByteString;
import io.facelogin.contract.PersonId;
import io.facelogin.contract.secret.BrokenSealException;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.v1.PersonKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Keys of people as their topic writes them: wrapped by the master key, for that person only. */
public final class PersonKeyRecords {

  private static final String KIND = "person-key";

  private PersonKeyRecords() {}

  public static PersonKey wrap(PersonId person, DataKey key, Instant madeAt, MasterKeys masters) {
    return PersonKey.newBuilder()
        .setWrapped(ByteString.copyFrom(key.wrap(masters, KIND, person.value())))
        .setMadeAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, madeAt))
        .build();
  }

  /**
   * @throws BrokenSealException if none of these master keys wrapped it for this person
   */
  public static DataKey unwrap(PersonId person, PersonKey record, MasterKeys masters) {
    return DataKey.unwrap(masters, KIND, person.value(), record.getWrapped().toByteArray());
  }

  /** The same key, wrapped by the present master key. */
  public static PersonKey rewrap(PersonId person, PersonKey record, MasterKeys masters) {
    return record.toBuilder()
        .setWrapped(
            ByteString.copyFrom(
                unwrap(person, record, masters).wrap(masters, KIND, person.value())))
        .build();
  }

  /** Id of the master key that wrapped it; empty if it is damaged. */
  public static String wrappedBy(PersonKey record) {
    return MasterKeys.sealedBy(record.getWrapped().toByteArray()).orElse("");
  }
}
