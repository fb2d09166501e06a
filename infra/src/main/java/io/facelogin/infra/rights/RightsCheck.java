package io.facelogin.infra.rights;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.infra.OutsideMissingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker, before a stage starts, whether it may do all that it will do: else it would wait
 * for ever, or die in the middle, of what can be said in one line.
 */
public final class RightsCheck {

  /** Behind a prefix: the name of something that does not exist, to ask for. */
  private static final String NOTHING = "check";

  private final Admin admin;
  private final List<String> missing = new ArrayList<>();
  private final List<String> absent = new ArrayList<>();

  private RightsCheck(Admin admin) {
    this.admin = admin;
  }

  /**
   * @param stage the stage's word
   * @throws OutsideMissingException naming every right that is missing
   * @throws ExecutionException if the broker does not answer
   */
  public static void require(String stage, KafkaConnection kafka)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      RightsCheck check = new RightsCheck(admin);
      for (Right right : AccessList.packaged().of(stage)) {
        check.look(right);
      }
      check.tell(stage, kafka.bootstrapServers());
    }
  }

  private void tell(String stage, String broker) {
    if (!missing.isEmpty()) {
      throw new OutsideMissingException(
          "Kafka at "
              + broker
              + " does not let the user of --kafka-config do what the "
              + stage
              + " does. Missing: "
              + String.join(", ", missing)
              + ". Use the "
              + stage
              + "'s own user, or give it these rights: `face-login kafka acls` prints the commands,"
              + " with --apply it does so.");
    }
    if (!absent.isEmpty()) {
      throw new OutsideMissingException(
          "Kafka at "
              + broker
              + " has no topic "
              + String.join(", ", absent)
              + ", and the user of --kafka-config may not create it. `face-login kafka acls --apply`"
              + " makes all topics.");
    }
  }

  private void look(Right right) throws ExecutionException, InterruptedException {
    String name = right.prefix() ? right.name() + NOTHING : right.name();
    try {
      Set<AclOperation> granted =
          switch (right.resource()) {
            case GROUP -> group(name);
            case TRANSACTIONAL_ID -> transaction(name);
            default -> topic(name);
          };
      Set<AclOperation> wanted = EnumSet.copyOf(right.operations());
      wanted.removeAll(granted);
      if (!wanted.isEmpty()) {
        missing.add(right.told(wanted));
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        missing.add(right.told(right.operations()));
      } else if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        if (!right.prefix()) {
          absent.add(name);
        }
      } else {
        throw e;
      }
    }
  }

  private Set<AclOperation> topic(String name) throws ExecutionException, InterruptedException {
    var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    return admin.describeTopics(List.of(name), options).allTopicNames().get().values().stream()
        .findFirst()
        .map(found -> operations(found.authorizedOperations()))
        .orElseThrow();
  }

  /**
   * A group that nobody is in yet tells only whether we may see it; the rest shows when joining.
   */
  private Set<AclOperation> group(String name) throws ExecutionException, InterruptedException {
    var options = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    try {
      return admin.describeConsumerGroups(List.of(name), options).all().get().values().stream()
          .findFirst()
          .map(found -> operations(found.authorizedOperations()))
          .orElseThrow();
    } catch (ExecutionException e) {
      return allUnlessRefused(e);
    }
  }

  private Set<AclOperation> transaction(String name)
      throws ExecutionException, InterruptedException {
    KafkaFuture<?> described = admin.describeTransactions(List.of(name)).description(name);
    try {
      described.get();
      return EnumSet.allOf(AclOperation.class);
    } catch (ExecutionException e) {
      return allUnlessRefused(e);
    }
  }

  private static Set<AclOperation> allUnlessRefused(ExecutionException e)
      throws ExecutionException {
    if (e.getCause() instanceof org.apache.kafka.common.errors.GroupIdNotFoundException
        || e.getCause()
            instanceof org.apache.kafka.common.errors.TransactionalIdNotFoundException) {
      return EnumSet.allOf(AclOperation.class);
    }
    throw e;
  }

  /** A broker without access rules says nothing: then all is allowed. */
  private static Set<AclOperation> operations(@Nullable Collection<AclOperation> told) {
    return told == null ? EnumSet.allOf(AclOperation.class) : Set.copyOf(told);
  }
}
