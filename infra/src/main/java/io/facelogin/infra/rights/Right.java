package io.facelogin.infra.rights;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What somebody may do with a topic, a consumer group or a transaction.
 *
 * @param stage the stage's word, or {@code operator}
 * @param name exact, or the beginning of many when prefix
 */
public record Right(
    String stage,
    ResourceType resource,
    String name,
    boolean prefix,
    Set<AclOperation> operations) {

  private static final String EVERYTHING = "*";

  public Right {
    operations = Set.copyOf(operations);
  }

  ResourcePattern pattern() {
    // The lonely star is Kafka's own word for everything, and no prefix.
    return prefix && name.isEmpty()
        ? new ResourcePattern(resource, EVERYTHING, PatternType.LITERAL)
        : new ResourcePattern(resource, name, prefix ? PatternType.PREFIXED : PatternType.LITERAL);
  }

  /** {@code READ and WRITE topic gallery}. */
  String told(Set<AclOperation> missing) {
    return missing.stream().map(Enum::name).sorted().collect(Collectors.joining(" and "))
        + " "
        + switch (resource) {
          case GROUP -> "group ";
          case TRANSACTIONAL_ID -> "transactions ";
          default -> "topic ";
        }
        + name
        + (prefix ? EVERYTHING : "");
  }
}
