package io.facelogin.web.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.facelogin.web.WebSettings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How often somebody may try something: a bucket for each address or token, and for what strangers
 * may do one for the whole site, so that many addresses together do not get round it. A bucket that
 * was not asked for an hour is full again and forgotten; of more than {@link #MOST_REMEMBERED} the
 * least used go, so the memory is bounded whoever knocks. Thread-safe.
 */
@Component
public class RateLimits {

  static final int MOST_REMEMBERED = 20_000;

  private static final int SITE = 20;

  /** What is limited. */
  public enum Kind {
    LOGIN(Duration.ofMinutes(1), true),
    ENROLMENT(Duration.ofMinutes(10), true),
    RECOGNITION(Duration.ofMinutes(1), false),
    WRONG_TOKEN(Duration.ofMinutes(1), false);

    private final Duration period;
    private final boolean alsoOfSite;

    Kind(Duration period, boolean alsoOfSite) {
      this.period = period;
      this.alsoOfSite = alsoOfSite;
    }
  }

  private record Key(Kind kind, String who) {}

  private final AccessSettings settings;
  private final Map<Kind, Bucket> ofSite = new EnumMap<>(Kind.class);
  private final Cache<Key, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterAccess(Duration.ofHours(1))
          .executor(Runnable::run)
          .build();

  RateLimits(WebSettings settings) {
    this.settings = settings.access();
    for (Kind kind : Kind.values()) {
      if (kind.alsoOfSite) {
        ofSite.put(kind, bucket(SITE * capacity(kind), kind.period));
      }
    }
  }

  /**
   * Takes one try.
   *
   * @param who an address or a token, see {@link Caller}
   * @return empty if there was one left, else how long to wait for the next
   */
  public Optional<Duration> take(Kind kind, String who) {
    Bucket own = buckets.get(new Key(kind, who), key -> bucket(capacity(kind), kind.period));
    Optional<Duration> wait = take(own);
    Bucket site = ofSite.get(kind);
    // Asked second: who has used up his own tries must not use up those of the others.
    return wait.isPresent() || site == null ? wait : take(site);
  }

  int remembered() {
    buckets.cleanUp();
    return Math.toIntExact(buckets.estimatedSize());
  }

  private int capacity(Kind kind) {
    return switch (kind) {
      case LOGIN -> settings.loginTriesPerMinute();
      case ENROLMENT -> settings.enrolmentsPerTenMinutes();
      case RECOGNITION -> settings.recognitionsPerMinute();
      case WRONG_TOKEN -> settings.wrongTokensPerMinute();
    };
  }

  private static Bucket bucket(int capacity, Duration period) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, period))
        .build();
  }

  private static Optional<Duration> take(Bucket bucket) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }
}
