package io.facelogin.contract.secret;

import io.facelogin.contract.PersonId;
import java.util.Optional;

/** The keys of people. Any number of threads. */
public interface PersonKeys {

  /**
   * @return empty if the person was erased, or never was
   */
  Optional<DataKey> find(PersonId person);
}
