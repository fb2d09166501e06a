package io.facelogin.contract;

/** Names one person. */
public record PersonId(String value) {

  public PersonId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A person id must not be blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
