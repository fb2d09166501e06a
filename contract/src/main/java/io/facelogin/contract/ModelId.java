package io.facelogin.contract;

/** Names one network. */
public record ModelId(String value) {

  public ModelId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A network id must not be blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
