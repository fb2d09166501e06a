package io.facelogin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.facelogin.application.OtherApplication;
import io.facelogin.web.token.TokenSettings;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import tools.jackson.databind.JsonNode;

/**
 * Other applications and the face login, over HTTP: a Spring application that logs people in, and
 * everything that must be refused.
 */
class ApplicationLoginIT {

  private static final String VERIFIER =
      "a-proof-key-that-is-long-enough-for-the-protocol-0123456789";

  @TempDir static Path folder;

  private static TestSite site;
  private static TestMatcher matcher;
  private static TestPipeline pipeline;
  private static WebUi web;
  private static Client administrator;
  private static int applicationPort;

  @BeforeAll
  static void start() throws Exception {
    site =
        new TestSite(
            () -> {
              throw new IllegalStateException("weights of mtcnn are missing");
            });
    matcher = new TestMatcher(site.kafka());
    pipeline = new TestPipeline(site.kafka());
    web =
        site.web(
            TestSite.settings()
                .withTokens(TokenSettings.defaults().withKeyFile(folder.resolve("keys/key"))));
    web.start();
    Awaitility.await().until(() -> web.health().isReady());
    administrator = new Client(web.url(), TestSite.RUN_TOKEN);
    try (ServerSocket free = new ServerSocket(0)) {
      applicationPort = free.getLocalPort();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    web.close();
    pipeline.close();
    matcher.close();
    site.close();
  }

  private record Registered(String id, String secret) {}

  private static Registered register(String name, String more) throws Exception {
    Client.Answer answer =
        administrator.json(
            "POST",
            "/api/v1/applications",
            "{\"name\":\"" + name + "\",\"redirectUris\":[\"" + callback() + "\"]" + more + "}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return new Registered(
        answer.json().path("application").path("id").asString(),
        answer.json().path("secret").asString(""));
  }

  private static String callback() {
    return "http://127.0.0.1:" + applicationPort + "/login/oauth2/code/face-login";
  }

  private static Client visitor() {
    return new Client(web.url(), "");
  }

  private static Client loggedIn(UUID person) throws Exception {
    Client visitor = visitor();
    FaceVisitor.logsIn(visitor, web.url(), pipeline, person);
    return visitor;
  }

  private static UUID enrolled(String name) throws Exception {
    return FaceVisitor.enrolled(site, name, "somebody@example.org");
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> request(Registered application) throws Exception {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", application.id());
    parameters.put("redirect_uri", callback());
    parameters.put("scope", "openid profile");
    parameters.put("state", "s1");
    parameters.put("code_challenge", challenge());
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  private static String challenge() throws Exception {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            MessageDigest.getInstance("SHA-256")
                .digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Client.Answer authorize(Client visitor, Map<String, String> parameters)
      throws Exception {
    return visitor.get("/oauth2/authorize?" + encoded(parameters));
  }

  private static String parameter(String address, String name) {
    String query = String.valueOf(URI.create(address).getRawQuery());
    return Arrays.stream(query.split("&"))
        .filter(part -> part.startsWith(name + "="))
        .map(part -> URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  private static Client.Answer exchange(Registered application, String code, String redirectUri)
      throws Exception {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", VERIFIER);
    return post(application, "/oauth2/token", form);
  }

  private static Client.Answer post(Registered application, String path, Map<String, String> form)
      throws Exception {
    Client program = visitor();
    var request = program.request(path).header("Content-Type", "application/x-www-form-urlencoded");
    if (application.secret().isEmpty()) {
      form.put("client_id", application.id());
    } else {
      request.header(
          "Authorization",
          "Basic "
              + Base64.getEncoder()
                  .encodeToString(
                      (application.id() + ":" + application.secret())
                          .getBytes(StandardCharsets.UTF_8)));
    }
    return program.send(request.POST(BodyPublishers.ofString(encoded(form))));
  }

  private static Client.Answer userInfo(String accessToken) throws Exception {
    return new Client(web.url(), accessToken).get("/userinfo");
  }

  private static boolean isActive(Registered application, String token) throws Exception {
    Client.Answer answer =
        post(application, "/oauth2/introspect", new LinkedHashMap<>(Map.of("token", token)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("active").asBoolean();
  }

  private static String code(Client visitor, Registered application) throws Exception {
    String back = authorize(visitor, request(application)).header("location");
    assertThat(back).startsWith(callback() + "?code=");
    return parameter(back, "code");
  }

  private static JsonNode tokens(Client visitor, Registered application) throws Exception {
    Client.Answer answer = exchange(application, code(visitor, application), callback());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** As an application would check a token, knowing the address only. */
  private static Jwt check(String token, String issuer, String audience, Clock clock) {
    JwtTimestampValidator time = new JwtTimestampValidator(Duration.ofSeconds(30));
    time.setClock(clock);
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(web.url() + "/.well-known/jwks.json").build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            time,
            new JwtIssuerValidator(issuer),
            new JwtClaimValidator<List<String>>(
                "aud", all -> all != null && all.contains(audience))));
    return decoder.decode(token);
  }

  private static Jwt check(String token, String audience) {
    return check(token, web.url().toString(), audience, Clock.systemUTC());
  }

  private static Client.Answer askForToken(Client visitor, String audience, String scopes)
      throws Exception {
    visitor.get("/");
    return visitor.send(
        visitor
            .request("/api/v1/token")
            .header("Content-Type", "application/json")
            .header("X-XSRF-TOKEN", visitor.cookie("XSRF-TOKEN"))
            .POST(
                BodyPublishers.ofString(
                    "{\"audience\":\"" + audience + "\",\"scopes\":[" + scopes + "]}")));
  }

  private static String faceToken(UUID person, Registered application) throws Exception {
    Client.Answer answer = askForToken(loggedIn(person), application.id(), "\"profile\"");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("token").asString();
  }

  @Test
  void springApplicationLogsAPersonInByFace() throws Exception {
    Registered application = register("Time sheets", "");
    UUID ada = enrolled("Ada");
    Client browser = visitor();
    try (OtherApplication other =
        OtherApplication.start(
            applicationPort, web.url(), application.id(), application.secret())) {
      String start = "http://127.0.0.1:" + applicationPort;
      String toLogin = browser.get(start + "/oauth2/authorization/face-login").header("location");
      String toPage = browser.get(toLogin).header("location");
      assertThat(toPage).startsWith("/login?");
      Client.Answer page = browser.get(toPage);
      assertThat(page.text()).contains("Time sheets").contains("data-onward");
      String onward = toPage.replace("/login?", "/oauth2/authorize?");

      FaceVisitor.logsIn(browser, web.url(), pipeline, ada);
      Client.Answer back = browser.get(onward);
      Client.Answer done = browser.get(back.header("location"));
      assertThat(done.header("location")).as(done.text()).doesNotContain("error");

      JsonNode claims = browser.get(start + "/me").json();
      assertThat(claims.path("sub").asString()).isEqualTo(ada.toString());
      assertThat(claims.path("name").asString()).isEqualTo("Ada");
      assertThat(claims.has("email")).isFalse();
      assertThat(claims.path("amr").toString()).isEqualTo("[\"face\",\"liveness\"]");
      assertThat(other).isNotNull();
    }
  }

  @Test
  void discoveryOffersTheCodeFlowWithProofKeysAndNothingElse() throws Exception {
    JsonNode provider = visitor().get("/.well-known/openid-configuration").json();

    assertThat(provider.path("issuer").asString()).isEqualTo(web.url().toString());
    assertThat(provider.path("grant_types_supported").toString())
        .isEqualTo("[\"authorization_code\"]");
    assertThat(provider.path("code_challenge_methods_supported").toString())
        .isEqualTo("[\"S256\"]");
    assertThat(visitor().get("/.well-known/jwks.json").text())
        .contains("\"kid\"")
        .doesNotContain("\"d\":")
        .doesNotContain("\"p\":");
  }

  @Test
  void tokenOfASessionIsForTheApplicationThatWasNamed() throws Exception {
    Registered application = register("Door of the lab", "");
    UUID person = enrolled("Grace");
    String token = faceToken(person, application);

    Jwt checked = check(token, application.id());
    assertThat(checked.getSubject()).isEqualTo(person.toString());
    assertThat(checked.getClaimAsString("name")).isEqualTo("Grace");
    assertThat(checked.hasClaim("email")).isFalse();
    assertThat(checked.getClaimAsStringList("amr")).containsExactly("face", "liveness");
    assertThat(checked.getClaimAsInstant("auth_time"))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(Duration.between(checked.getIssuedAt(), checked.getExpiresAt()))
        .isEqualTo(Duration.ofMinutes(10));
    assertThatThrownBy(() -> check(token, "another")).hasMessageContaining("aud");
  }

  @Test
  void tokenIsRefusedToStrangersAdministratorsForgedRequestsAndForUnknownApplications()
      throws Exception {
    Registered application = register("Lockers", "");
    Client person = loggedIn(enrolled("Edsger"));
    String wanted = "{\"audience\":\"" + application.id() + "\"}";

    assertThat(person.json("POST", "/api/v1/token", wanted).status()).isEqualTo(403);
    assertThat(visitor().json("POST", "/api/v1/token", wanted).status()).isEqualTo(401);
    assertThat(administrator.json("POST", "/api/v1/token", wanted).status()).isEqualTo(403);
    Client.Answer unknown = askForToken(person, "nobody-registered-this", "");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text()).contains("nobody-registered-this");
  }

  @Test
  void tokenThatWasTamperedWithOrComesFromElsewhereIsRefused() throws Exception {
    Registered application = register("Archive", "");
    String token = faceToken(enrolled("Barbara"), application);
    String[] parts = token.split("\\.");
    JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
    String other =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                new JWTClaimsSet.Builder(claims)
                    .subject(UUID.randomUUID().toString())
                    .build()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
    RSAKey foreign =
        new RSAKeyGenerator(2048).keyID(SignedJWT.parse(token).getHeader().getKeyID()).generate();
    SignedJWT forged =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(foreign.getKeyID()).build(), claims);
    forged.sign(new RSASSASigner(foreign));

    check(token, application.id());
    List<String> refused =
        List.of(
            parts[0] + "." + other + "." + parts[2],
            parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()),
            new PlainJWT(claims).serialize(),
            forged.serialize());
    for (String one : refused) {
      assertThatThrownBy(() -> check(one, application.id())).isNotNull();
      assertThat(userInfo(one).status()).isEqualTo(401);
      assertThat(isActive(application, one)).isFalse();
    }
    assertThat(isActive(application, token)).isTrue();
    assertThatThrownBy(
            () -> check(token, "https://elsewhere.example", application.id(), Clock.systemUTC()))
        .hasMessageContaining("iss");
    Clock later = Clock.fixed(Instant.now().plus(Duration.ofMinutes(11)), ZoneOffset.UTC);
    assertThatThrownBy(() -> check(token, web.url().toString(), application.id(), later))
        .hasMessageContaining("expired");
  }

  @Test
  void codeIsGoodForOneExchangeByItsOwnApplication() throws Exception {
    Registered application = register("Canteen", "");
    Registered another = register("Gymnasium", "");
    Client person = loggedIn(enrolled("Alan"));
    String code = code(person, application);

    assertThat(exchange(another, code, callback()).status()).isEqualTo(400);
    String fresh = code(person, application);
    assertThat(exchange(new Registered(application.id(), "wrong"), fresh, callback()).status())
        .isEqualTo(401);
    assertThat(exchange(application, fresh, callback() + "x").status()).isEqualTo(400);
    Client.Answer first = exchange(application, code(person, application), callback());
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().has("refresh_token")).isFalse();

    String used = code(person, application);
    JsonNode tokens = exchange(application, used, callback()).json();
    String access = tokens.path("access_token").asString();
    assertThat(userInfo(access).json().path("name").asString()).isEqualTo("Alan");
    assertThat(exchange(application, used, callback()).status()).isEqualTo(400);
    // Whoever has a code twice may be a thief: what came of it is taken back.
    assertThat(isActive(application, access)).isFalse();
  }

  @Test
  void codeIsWorthNothingWithoutTheProofKeyThatItWasAskedForWith() throws Exception {
    Registered application = register("Cinema", "");
    Client person = loggedIn(enrolled("Hedy"));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("redirect_uri", callback());
    for (String verifier : List.of("", VERIFIER + "x", challenge())) {
      form.put("code", code(person, application));
      form.put("code_verifier", verifier);
      assertThat(post(application, "/oauth2/token", form).status()).as(verifier).isEqualTo(400);
    }
    form.put("code", code(person, application));
    form.remove("code_verifier");
    assertThat(post(application, "/oauth2/token", form).status()).isEqualTo(400);

    Map<String, String> bare = request(application);
    bare.remove("code_challenge");
    bare.remove("code_challenge_method");
    Map<String, String> legible = request(application);
    legible.put("code_challenge", VERIFIER);
    legible.put("code_challenge_method", "plain");
    for (Map<String, String> unproven : List.of(bare, legible)) {
      assertThat(authorize(person, unproven).header("location"))
          .startsWith(callback() + "?error=invalid_request");
    }
  }

  /** As the client library of Spring Security judges an id token, on a clock of one's own. */
  private static Jwt checkAsClient(String idToken, String clientId, Clock clock) {
    ClientRegistration client =
        ClientRegistrations.fromIssuerLocation(web.url().toString()).clientId(clientId).build();
    OidcIdTokenValidator validator = new OidcIdTokenValidator(client);
    validator.setClock(clock);
    OidcIdTokenDecoderFactory decoders = new OidcIdTokenDecoderFactory();
    decoders.setJwtValidatorFactory(registration -> validator);
    return decoders.createDecoder(client).decode(idToken);
  }

  @Test
  void idTokenIsForOneApplicationOneRequestAndTenMinutes() throws Exception {
    Registered application = register("Observatory", "");
    Registered another = register("Planetarium", "");
    Client person = loggedIn(enrolled("Vera"));
    Map<String, String> asked = request(application);
    asked.put("nonce", "once-only");
    String code = parameter(authorize(person, asked).header("location"), "code");
    String token = exchange(application, code, callback()).json().path("id_token").asString();
    String[] parts = token.split("\\.");
    Clock now = Clock.systemUTC();
    Clock later = Clock.offset(now, Duration.ofMinutes(12));

    Jwt checked = checkAsClient(token, application.id(), now);
    assertThat(checked.getClaimAsString("nonce")).isEqualTo("once-only");
    assertThat(checked.getAudience()).containsExactly(application.id());
    assertThatThrownBy(() -> checkAsClient(token, another.id(), now)).hasMessageContaining("aud");
    assertThatThrownBy(() -> checkAsClient(token, application.id(), later))
        .hasMessageContaining("exp");
    String tampered = parts[0] + "." + parts[1] + "." + new StringBuilder(parts[2]).reverse();
    assertThatThrownBy(() -> checkAsClient(tampered, application.id(), now))
        .hasMessageContaining("signature");
  }

  @Test
  void clientRefusesAnAnswerToAQuestionThatItDidNotPut() throws Exception {
    Registered application = register("Post office", "");
    UUID ada = enrolled("Ada");
    Client browser = loggedIn(ada);
    try (OtherApplication other =
        OtherApplication.start(
            applicationPort, web.url(), application.id(), application.secret())) {
      assertThat(other).isNotNull();
      String start = "http://127.0.0.1:" + applicationPort;
      Map<String, String> changes = new LinkedHashMap<>();
      changes.put("nonce", "anothers");
      changes.put("code_challenge", challenge());
      changes.put("state", "anothers");
      for (Map.Entry<String, String> change : changes.entrySet()) {
        String asked = browser.get(start + "/oauth2/authorization/face-login").header("location");
        String question =
            asked.replaceFirst("([?&]" + change.getKey() + "=)[^&]+", "$1" + change.getValue());
        assertThat(question).isNotEqualTo(asked);
        String back = browser.get(question).header("location");
        assertThat(back).startsWith(callback() + "?code=");
        assertThat(browser.get(back).header("location")).as(question).contains("error");
      }
      String asked = browser.get(start + "/oauth2/authorization/face-login").header("location");
      String back = browser.get(asked).header("location");
      assertThat(browser.get(back).header("location")).as("unchanged").doesNotContain("error");
    }
  }

  @Test
  void browserIsSentToRegisteredAddressesOnlyAndPublicApplicationsNeedProofKeys() throws Exception {
    Registered open = register("Telephone", ",\"isPublic\":true");
    assertThat(open.secret()).isEmpty();
    Client person = loggedIn(enrolled("Donald"));
    Map<String, String> astray = request(open);
    astray.put("redirect_uri", callback().replace("127.0.0.1:", "127.0.0.1:1"));
    Map<String, String> unproven = request(open);
    unproven.remove("code_challenge");
    unproven.remove("code_challenge_method");

    assertThat(authorize(person, astray).status()).isEqualTo(400);
    assertThat(authorize(person, unproven).header("location"))
        .startsWith(callback() + "?error=invalid_request");
    assertThat(tokens(person, open).path("id_token").asString()).isNotEmpty();
    Client.Answer refused =
        administrator.json(
            "POST",
            "/api/v1/applications",
            "{\"name\":\"Far\",\"redirectUris\":[\"http://far.example/cb\"]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("http://far.example/cb");
  }

  @Test
  void newFaceIsAskedForWhenTheApplicationWantsOne() throws Exception {
    Registered application = register("Vault", "");
    UUID person = enrolled("Ken");
    Client visitor = loggedIn(person);
    Map<String, String> again = request(application);
    again.put("prompt", "login");
    Map<String, String> old = request(application);
    old.put("max_age", "0");
    Map<String, String> silent = request(application);
    silent.put("prompt", "none");

    assertThat(authorize(visitor, silent).header("location")).startsWith(callback() + "?code=");
    assertThat(authorize(visitor(), silent).header("location"))
        .startsWith(callback() + "?error=login_required");
    assertThat(authorize(visitor, old).header("location")).startsWith("/login?");
    String toPage = authorize(visitor, again).header("location");
    assertThat(toPage).startsWith("/login?").contains("asked=");
    String onward = toPage.replace("/login?", "/oauth2/authorize?");
    // Going on without a new face leads back to the page, also with a moment made up.
    assertThat(visitor.get(onward).header("location")).startsWith("/login?");
    String madeUp = onward.replaceFirst("asked=[0-9]+", "asked=1");
    assertThat(visitor.get(madeUp).header("location")).startsWith("/login?");
    FaceVisitor.logsIn(visitor, web.url(), pipeline, person);
    assertThat(visitor.get(onward).header("location")).startsWith(callback() + "?code=");
  }

  @Test
  void administratorsSessionIsNoPersonsLogin() throws Exception {
    Registered application = register("Payroll", "");
    Client session = visitor();
    session.get("/admin?token=" + TestSite.RUN_TOKEN);

    assertThat(session.get("/api/v1/people").status()).isEqualTo(200);
    assertThat(authorize(session, request(application)).header("location")).startsWith("/login?");
  }

  @Test
  void personIsAskedWhereTheAdministratorWantsThat() throws Exception {
    Registered application = register("Newsletter", ",\"asksConsent\":true");
    Client person = loggedIn(enrolled("Tim"));
    String toConsent = authorize(person, request(application)).header("location");
    Client.Answer page = person.get(toConsent);
    assertThat(page.text()).contains("Newsletter").contains("your name");
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("client_id", application.id());
    answer.put("state", parameter(toConsent, "state"));
    Client.Answer denied =
        person.send(
            person
                .request("/oauth2/authorize")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(answer))));
    assertThat(denied.header("location")).startsWith(callback() + "?error=access_denied");

    String again = authorize(person, request(application)).header("location");
    answer.put("state", parameter(again, "state"));
    Client.Answer allowed =
        person.send(
            person
                .request("/oauth2/authorize")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(answer) + "&scope=openid&scope=profile")));
    assertThat(allowed.header("location")).startsWith(callback() + "?code=");
  }

  @Test
  void logOutOfTheApplicationEndsTheFacesSession() throws Exception {
    Registered application =
        register("Chat", ",\"postLogoutRedirectUris\":[\"https://chat.example/bye\"]");
    Client person = loggedIn(enrolled("Leslie"));
    JsonNode tokens = tokens(person, application);
    Map<String, String> logout = new LinkedHashMap<>();
    logout.put("id_token_hint", tokens.path("id_token").asString());
    logout.put("post_logout_redirect_uri", "https://chat.example/bye");

    // From the application's site the session's cookie does not come along.
    Client.Answer out = visitor().get("/connect/logout?" + encoded(logout));
    assertThat(out.header("location")).isEqualTo("https://chat.example/bye");
    assertThat(person.get("/welcome").status()).isEqualTo(302);
    assertThat(isActive(application, tokens.path("access_token").asString())).isFalse();
  }

  @Test
  void erasedPersonsTokensEndAtOnce() throws Exception {
    Registered application = register("Library", "");
    UUID person = enrolled("Margaret");
    Client visitor = loggedIn(person);
    String access = tokens(visitor, application).path("access_token").asString();
    String face = faceToken(person, application);
    String code = code(visitor, application);
    assertThat(userInfo(access).status()).isEqualTo(200);
    assertThat(isActive(application, face)).isTrue();

    assertThat(administrator.delete("/api/v1/people/" + person).status()).isEqualTo(200);

    assertThat(userInfo(access).status()).isEqualTo(401);
    assertThat(isActive(application, access)).isFalse();
    assertThat(isActive(application, face)).isFalse();
    assertThat(exchange(application, code, callback()).status()).isEqualTo(400);
    assertThat(authorize(visitor, request(application)).header("location")).startsWith("/login?");
  }

  @Test
  void whoWithdrawsConsentIsErasedAndTheAuditSaysByWhom() throws Exception {
    UUID own = enrolled("Frances");
    Client visitor = loggedIn(own);
    assertThat(visitor.get("/welcome").text()).contains("withdraw-yes");
    assertThat(visitor().delete("/api/v1/session/consent").status()).isIn(401, 403);

    assertThat(withdraw(visitor).status()).isEqualTo(200);
    assertThat(administrator.get("/api/v1/people/" + own).status()).isEqualTo(404);
    assertThat(visitor.get("/welcome").status()).as("the session has ended").isEqualTo(302);
    assertThat(withdraw(visitor).status()).isIn(401, 403);
    assertThat(audited(own, "consent-withdrawn")).containsExactly("person:" + own);

    UUID asked = enrolled("Edith");
    assertThat(administrator.delete("/api/v1/people/" + asked + "?consentWithdrawn=true").status())
        .isEqualTo(200);
    assertThat(administrator.get("/api/v1/people/" + asked).status()).isEqualTo(404);
    assertThat(audited(asked, "consent-withdrawn"))
        .singleElement()
        .asString()
        .startsWith("administrator");
    assertThat(audited(asked, "person-erased")).hasSize(1);

    UUID erased = enrolled("Kathleen");
    assertThat(administrator.delete("/api/v1/people/" + erased).status()).isEqualTo(200);
    assertThat(audited(erased, "consent-withdrawn")).isEmpty();
  }

  private static Client.Answer withdraw(Client visitor) throws Exception {
    return visitor.send(
        visitor
            .request("/api/v1/session/consent")
            .header("X-XSRF-TOKEN", visitor.cookie("XSRF-TOKEN"))
            .DELETE());
  }

  /** Who did it. */
  private static List<String> audited(UUID subject, String action) throws Exception {
    List<String> actors = new ArrayList<>();
    administrator
        .get("/api/v1/audit?subject=" + subject + "&action=" + action)
        .json()
        .path("entries")
        .forEach(entry -> actors.add(entry.path("actor").asString()));
    return actors;
  }

  @Test
  void tokenOutlivesTheRotationOfItsKeyButNotItsRevocation() throws Exception {
    Registered application = register("Workshop", "");
    UUID person = enrolled("Radia");
    String before = faceToken(person, application);
    // An application that keeps the keys in memory, as all do.
    NimbusJwtDecoder remembering =
        NimbusJwtDecoder.withJwkSetUri(web.url() + "/.well-known/jwks.json").build();
    remembering.decode(before);

    assertThat(rotate(false).status()).isEqualTo(200);
    String after = faceToken(person, application);
    assertThat(SignedJWT.parse(after).getHeader().getKeyID())
        .isNotEqualTo(SignedJWT.parse(before).getHeader().getKeyID());
    check(before, application.id());
    check(after, application.id());
    remembering.decode(before);
    remembering.decode(after);

    assertThat(rotate(true).status()).isEqualTo(200);
    assertThatThrownBy(() -> check(before, application.id())).isNotNull();
    assertThatThrownBy(() -> check(after, application.id())).isNotNull();
    check(faceToken(person, application), application.id());
    assertThat(administrator.get("/api/v1/signing-keys").json()).hasSize(1);
  }

  private static Client.Answer rotate(boolean revoke) throws Exception {
    return administrator.json("POST", "/api/v1/signing-keys/rotate", "{\"revoke\":" + revoke + "}");
  }
}
