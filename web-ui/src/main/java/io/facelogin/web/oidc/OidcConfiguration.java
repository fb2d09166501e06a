package io.facelogin.web.oidc;

import io.facelogin.web.SiteAddress;
import io.facelogin.web.WebSettings;
import io.facelogin.web.access.SessionLimits;
import io.facelogin.web.applications.SecretHash;
import io.facelogin.web.people.PersonRepository;
import io.facelogin.web.tls.StrictTransport;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.oidc.OidcProviderConfiguration;
import org.springframework.security.oauth2.server.authorization.oidc.web.authentication.OidcLogoutAuthenticationSuccessHandler;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * The endpoints of OpenID Connect: discovery, authorize, token, userinfo, keys, introspection,
 * revocation, log-out. Only the code flow is offered, without refresh tokens.
 */
@Configuration(proxyBeanMethods = false)
class OidcConfiguration {

  /** Answers that are read by programs, and redirections: nothing that a browser should run. */
  private static final String CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

  static final String AUTHORIZE = "/oauth2/authorize";
  static final String CONSENT = "/oauth2/consent";

  @Bean
  AuthorizationServerSettings authorizationServerSettings(SiteAddress site) {
    return AuthorizationServerSettings.builder()
        .issuer(site.issuer())
        .authorizationEndpoint(AUTHORIZE)
        .jwkSetEndpoint("/.well-known/jwks.json")
        .build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain applicationsChain(
      HttpSecurity http,
      SecurityContextRepository sessions,
      PersonRepository people,
      FreshFace fresh,
      SessionLimits limits,
      FaceLogins logins,
      OAuth2AuthorizationService issued,
      WebSettings settings) {
    OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
    OidcLogoutAuthenticationSuccessHandler loggedOut = new OidcLogoutAuthenticationSuccessHandler();
    loggedOut.setLogoutHandler(new ApplicationLogout(logins, issued));
    return http.securityMatcher(server.getEndpointsMatcher())
        .with(
            server,
            endpoints ->
                endpoints
                    .authorizationEndpoint(
                        authorize ->
                            authorize
                                .consentPage(CONSENT)
                                .authenticationProviders(OidcConfiguration::requireExactAddress))
                    .clientAuthentication(
                        clients ->
                            clients.authenticationProviders(OidcConfiguration::compareHashes))
                    .oidc(
                        oidc ->
                            oidc.providerConfigurationEndpoint(
                                    discovery ->
                                        discovery.providerConfigurationCustomizer(
                                            OidcConfiguration::describe))
                                .logoutEndpoint(logout -> logout.logoutResponseHandler(loggedOut))))
        .authorizeHttpRequests(
            requests ->
                requests
                    // Must be answered without a page, so by the endpoint itself.
                    .requestMatchers(request -> isAuthorize(request) && fresh.wantsNoPage(request))
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .securityContext(
            context ->
                context.securityContextRepository(
                    new PersonContext(sessions, people, fresh, limits)))
        .exceptionHandling(
            failures ->
                failures.defaultAuthenticationEntryPointFor(
                    new FaceEntryPoint(fresh),
                    PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, AUTHORIZE)))
        .requestCache(cache -> cache.disable())
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                    .httpStrictTransportSecurity(
                        hsts ->
                            hsts.requestMatcher(new StrictTransport(settings.transport()))
                                .includeSubDomains(false))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
        .build();
  }

  private static boolean isAuthorize(HttpServletRequest request) {
    return request.getRequestURI().equals(request.getContextPath() + AUTHORIZE);
  }

  private static void requireExactAddress(List<AuthenticationProvider> providers) {
    for (AuthenticationProvider provider : providers) {
      if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider requests) {
        requests.setAuthenticationValidator(
            new ExactAddress()
                .andThen(
                    OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR));
      }
    }
  }

  private static void compareHashes(List<AuthenticationProvider> providers) {
    for (AuthenticationProvider provider : providers) {
      if (provider instanceof ClientSecretAuthenticationProvider secrets) {
        secrets.setPasswordEncoder(new SecretHash());
      }
    }
  }

  /** What the framework could do is not all that is offered here. */
  private static void describe(OidcProviderConfiguration.Builder provider) {
    provider
        .grantTypes(
            types -> {
              types.clear();
              types.add(AuthorizationGrantType.AUTHORIZATION_CODE.getValue());
            })
        .tokenEndpointAuthenticationMethods(OidcConfiguration::keepSecretsOnly)
        .tokenIntrospectionEndpointAuthenticationMethods(OidcConfiguration::keepSecretsOnly)
        .tokenRevocationEndpointAuthenticationMethods(OidcConfiguration::keepSecretsOnly)
        .scopes(
            scopes -> {
              scopes.clear();
              scopes.addAll(List.of(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL));
            })
        .tlsClientCertificateBoundAccessTokens(false)
        .claim(
            "claims_supported",
            List.of(
                "iss",
                "sub",
                "aud",
                "exp",
                "iat",
                "jti",
                "sid",
                "nonce",
                "auth_time",
                "amr",
                "name",
                "email",
                "email_verified"))
        .claim("prompt_values_supported", List.of("none", "login"));
  }

  private static void keepSecretsOnly(List<String> methods) {
    methods.retainAll(List.of("client_secret_basic", "client_secret_post"));
    methods.add("none");
  }
}
