package io.facelogin.matcher;

import io.facelogin.contract.PersonId;
import io.facelogin.contract.secret.DataKey;
import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.contract.secret.PersonKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody has a key, made when it is asked for first, until it is forgotten. */
public final class TestKeys implements PersonKeys {

  private static final Optional<DataKey> GONE = Optional.empty();

  private final Map<PersonId, Optional<DataKey>> keys = new ConcurrentHashMap<>();

  @Override
  public Optional<DataKey> find(PersonId person) {
    return keys.computeIfAbsent(person, id -> Optional.of(DataKey.fresh()));
  }

  public DataKey of(String person) {
    return find(new PersonId(person)).orElseThrow();
  }

  /** The person was erased. */
  public void forget(String person) {
    keys.put(new PersonId(person), GONE);
  }

  /** One key for all, kept in a file, for tests of several processes. */
  public static PersonKeys in(Path file) throws IOException {
    MasterKeys masters = MasterKeys.parse("A".repeat(43) + "=", "a test");
    if (!Files.exists(file)) {
      Files.write(file, DataKey.fresh().wrap(masters, "test", ""));
    }
    DataKey key = DataKey.unwrap(masters, "test", "", Files.readAllBytes(file));
    return person -> Optional.of(key);
  }
}
