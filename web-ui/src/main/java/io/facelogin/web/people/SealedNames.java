package io.facelogin.web.people;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.PersonKeys;
import io.facelogin.web.kafka.PipelineAwayException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Names and mails as the database keeps them: sealed by the key of their person. */
@Component
public class SealedNames {

  private static final String NAME = "name";
  private static final String MAIL = "mail";

  private final PersonKeys keys;

  public SealedNames(PersonKeys keys) {
    this.keys = keys;
  }

  static byte[] seal(UUID person, String name, DataKey key) {
    return key.seal(NAME, person.toString(), name.getBytes(StandardCharsets.UTF_8));
  }

  static byte @Nullable [] sealMail(UUID person, @Nullable String mail, DataKey key) {
    return mail == null
        ? null
        : key.seal(MAIL, person.toString(), mail.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @return empty if the person was erased
   * @throws PipelineAwayException if the key is not known yet and the broker does not answer
   */
  public Optional<String> name(UUID person, byte[] sealed) {
    return open(NAME, person, sealed);
  }

  Optional<String> mail(UUID person, byte[] sealed) {
    return open(MAIL, person, sealed);
  }

  private Optional<String> open(String kind, UUID person, byte[] sealed) {
    try {
      return keys.find(new PersonId(person.toString()))
          .map(
              key -> new String(key.open(kind, person.toString(), sealed), StandardCharsets.UTF_8));
    } catch (KafkaException e) {
      throw PipelineAwayException.broker();
    }
  }
}
