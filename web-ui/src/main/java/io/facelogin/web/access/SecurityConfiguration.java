package io.facelogin.web.access;

import io.facelogin.web.WebSettings;
import io.facelogin.web.people.PersonRepository;
import io.facelogin.web.tls.StrictTransport;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who may open what; the README of this module has it as a table, and {@code WhoMayDoWhatIT} asks
 * every line of that. Log in and its pictures are open to whoever reaches the port: whatever is
 * added and not named here is the administrator's.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  /** No code and no style stands inside of a page; pictures may come from memory (blob:). */
  private static final String CONTENT_POLICY =
      "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
          + " worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none';"
          + " frame-ancestors 'none'; form-action 'self'";

  private static final String[] OPEN = {
    "/",
    "/welcome",
    AdminLinkController.PATH,
    "/locked",
    "/login",
    "/logout",
    "/error",
    "/css/**",
    "/js/**",
    "/images/**",
    "/webjars/**",
    "/favicon.ico",
    // The socket asks by itself who may do what.
    "/ws",
    "/actuator/health/**",
    "/swagger-ui",
    "/swagger-ui/**",
    "/v3/api-docs/**",
    // Says to whoever asks who they are.
    "/api/v1/session"
  };

  private static final String[] VIEWERS = {
    "/site",
    "/people",
    "/decisions",
    "/api/v1/people",
    "/api/v1/people/*",
    "/api/v1/decisions",
    "/api/v1/cameras",
    "/api/v1/cameras/*/picture.jpg",
    "/api/v1/health"
  };

  private static final String[] OPERATORS = {
    "/cameras",
    "/api/v1/cameras",
    "/api/v1/cameras/**",
    "/api/v1/decisions.csv",
    "/api/v1/identify",
    "/api/v1/verify"
  };

  @Bean
  SecurityContextRepository securityContextRepository() {
    return new HttpSessionSecurityContextRepository();
  }

  /** No text that people write holds a NUL, and the database takes none: refused with 400. */
  @Bean
  HttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedParameterValues(value -> value.indexOf('\0') < 0);
    return firewall;
  }

  @Bean
  SecurityFilterChain filterChain(
      HttpSecurity http,
      AccessTokens tokens,
      RateLimits limits,
      PersonRepository people,
      SessionLimits sessions,
      WebSettings settings) {
    LockedEntryPoint locked = new LockedEntryPoint();
    return http.authorizeHttpRequests(
            requests -> {
              requests
                  .dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                  .permitAll();
              requests.requestMatchers(OPEN).permitAll();
              if (settings.openEnrolment()) {
                requests.requestMatchers("/enrol", "/enrol/photos").permitAll();
              } else {
                requests.requestMatchers("/enrol", "/enrol/photos").hasRole(Role.OPERATOR.name());
              }
              requests
                  .requestMatchers("/api/v1/token", "/api/v1/session/consent", "/oauth2/consent")
                  .hasRole(Roles.PERSON);
              requests
                  .requestMatchers("/actuator/prometheus")
                  .access(SecurityConfiguration::metrics);
              requests.requestMatchers(HttpMethod.GET, VIEWERS).hasRole(Role.VIEWER.name());
              requests
                  .requestMatchers(HttpMethod.POST, "/api/v1/people")
                  .hasRole(Role.OPERATOR.name());
              requests.requestMatchers(OPERATORS).hasRole(Role.OPERATOR.name());
              requests.anyRequest().hasRole(Role.ADMIN.name());
            })
        .addFilterAfter(new RequestSizeFilter(), HeaderWriterFilter.class)
        .addFilterBefore(new BearerTokenFilter(tokens, limits, locked), AuthorizationFilter.class)
        .addFilterBefore(new GrantFilter(tokens, people, sessions), AuthorizationFilter.class)
        .addFilterBefore(new RateLimitFilter(limits), AuthorizationFilter.class)
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(locked).accessDeniedHandler(locked))
        // A page's script sends the token of the cookie; a program with a bearer token has no
        // cookie that a foreign page could misuse.
        .csrf(
            csrf ->
                csrf.spa()
                    .csrfTokenRepository(csrfCookie())
                    .ignoringRequestMatchers(BearerTokenFilter::isPresent))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                    .httpStrictTransportSecurity(
                        hsts ->
                            hsts.requestMatcher(new StrictTransport(settings.transport()))
                                .includeSubDomains(false))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                    .crossOriginOpenerPolicy(
                        policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                    .crossOriginResourcePolicy(
                        policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                    .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(self), microphone=(), geolocation=()")))
        .logout(logout -> logout.logoutUrl("/logout").logoutSuccessUrl("/"))
        .requestCache(cache -> cache.disable())
        .build();
  }

  /** The page's script reads this cookie, which is what it is for. */
  private static CookieCsrfTokenRepository csrfCookie() {
    CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    cookie.setCookieCustomizer(properties -> properties.sameSite("Strict"));
    return cookie;
  }

  /**
   * Metrics tell how many people come and go and when: open to programs of this machine, which a
   * collector usually is, and to viewers. What a proxy passes on does not come from this machine.
   */
  private static AuthorizationDecision metrics(
      Supplier<? extends @Nullable Authentication> visitor, RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    boolean passedOn =
        request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null;
    return new AuthorizationDecision(
        (Caller.isThisMachine(request.getRemoteAddr()) && !passedOn)
            || Roles.has(visitor.get(), Role.VIEWER));
  }
}
