package io.facelogin.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Chains made here as the database makes them; {@code AuditIT} shows that both agree. */
class AuditChainTest {

  private static List<AuditEntry> chain(int length) {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 1; i <= length; i++) {
      entries.add(next(entries, "person-enrolled", "{}"));
    }
    return entries;
  }

  private static AuditEntry next(List<AuditEntry> before, String action, String details) {
    String previous = before.isEmpty() ? AuditChain.ZEROS : before.get(before.size() - 1).sha256();
    long number = before.isEmpty() ? 1 : before.get(before.size() - 1).number() + 1;
    AuditEntry open =
        new AuditEntry(
            number, Instant.ofEpochSecond(number), "system", action, "id", details, previous, "");
    return signed(open);
  }

  private static AuditEntry signed(AuditEntry entry) {
    return new AuditEntry(
        entry.number(),
        entry.at(),
        entry.actor(),
        entry.action(),
        entry.subject(),
        entry.details(),
        entry.previousSha256(),
        AuditChain.sha256(entry));
  }

  private static AuditChain.Finding walk(List<AuditEntry> entries, @Nullable String head) {
    AuditChain chain = new AuditChain(head);
    entries.forEach(chain::add);
    return chain.finding();
  }

  private static AuditEntry withActor(AuditEntry entry, String actor) {
    return new AuditEntry(
        entry.number(),
        entry.at(),
        actor,
        entry.action(),
        entry.subject(),
        entry.details(),
        entry.previousSha256(),
        entry.sha256());
  }

  @Test
  void untouchedChainIsIntactAndKnowsAnEarlierHead() {
    List<AuditEntry> entries = chain(20);
    AuditChain.Finding found = walk(entries, entries.get(4).sha256());
    assertThat(found.intact()).isTrue();
    assertThat(found.entries()).isEqualTo(20);
    assertThat(found.head()).isEqualTo(entries.get(19).sha256());
    assertThat(found.headContained()).isTrue();
  }

  @Test
  void changedEntryIsNamedAlsoWhenItsOwnHashWasMadeAnew() {
    List<AuditEntry> entries = chain(20);
    AuditEntry changed = withActor(entries.get(7), "operator:x");
    entries.set(7, changed);
    assertThat(walk(entries, null).brokenAt()).isEqualTo(8);
    assertThat(walk(entries, null).fault()).contains("entry 8 was changed");
    entries.set(7, signed(changed));
    assertThat(walk(entries, null).brokenAt()).as("the next does not follow").isEqualTo(9);
  }

  @Test
  void missingAndExchangedEntriesAreFound() {
    List<AuditEntry> entries = chain(20);
    entries.remove(5);
    assertThat(walk(entries, null).fault()).contains("entry 6 is missing");
    entries = chain(20);
    Collections.swap(entries, 10, 11);
    assertThat(walk(entries, null).intact()).isFalse();
    assertThat(walk(List.of(), null).intact()).as("nothing at all").isFalse();
  }

  @Test
  void cutOffTailShowsOnlyToWhoeverKeptAHead() {
    List<AuditEntry> entries = chain(20);
    String kept = entries.get(19).sha256();
    List<AuditEntry> cut = entries.subList(0, 15);
    assertThat(walk(cut, null).intact()).isTrue();
    AuditChain.Finding found = walk(cut, kept);
    assertThat(found.intact()).isFalse();
    assertThat(found.headContained()).isFalse();
  }

  @Test
  void missingBeginningIsRightOnlyIfACutAccountsForIt() {
    List<AuditEntry> entries = chain(20);
    assertThat(walk(entries.subList(5, 20), null).fault()).contains("before 6");
    String last = entries.get(4).sha256();
    entries.add(next(entries, AuditChain.CUT, "{\"sha256\":\"" + last + "\",\"upTo\":5}"));
    AuditChain.Finding found = walk(entries.subList(5, 21), null);
    assertThat(found.intact()).as(found.fault()).isTrue();
    assertThat(found.first()).isEqualTo(6);
    assertThat(walk(entries.subList(6, 21), null).intact()).as("one more is gone").isFalse();
  }
}
