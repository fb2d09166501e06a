package io.facelogin.contract;

/** Names one template. */
public record TemplateId(String value) {

  public TemplateId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A template id must not be blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
