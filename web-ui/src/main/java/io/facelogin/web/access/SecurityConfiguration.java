package io.facelogin.web.access;

import io.facelogin.web.WebSettings;
import io.facelogin.web.people.PersonRepository;
import io.facelogin.web.tls.StrictTransport;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may open what. Log in and its pictures are open to whoever reaches the port, everything else
 * wants the administrator: whatever is added and not named here is locked.
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
    "/admin",
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
    "/actuator/prometheus",
    "/swagger-ui",
    "/swagger-ui/**",
    "/v3/api-docs/**",
    // Says to whoever asks who they are.
    "/api/v1/session"
  };

  @Bean
  SecurityContextRepository securityContextRepository() {
    return new HttpSessionSecurityContextRepository();
  }

  @Bean
  SecurityFilterChain filterChain(
      HttpSecurity http,
      AdminTokens tokens,
      PersonRepository people,
      WebSettings settings,
      JsonMapper json) {
    LockedEntryPoint locked = new LockedEntryPoint(json);
    return http.authorizeHttpRequests(
            requests -> {
              requests
                  .dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                  .permitAll();
              requests.requestMatchers(OPEN).permitAll();
              if (settings.openEnrolment()) {
                requests.requestMatchers("/enrol", "/enrol/photos").permitAll();
              }
              requests.requestMatchers("/api/v1/token", "/oauth2/consent").hasRole(Roles.PERSON);
              requests.anyRequest().hasRole(Roles.ADMIN);
            })
        .addFilterBefore(new BearerTokenFilter(tokens, locked), AuthorizationFilter.class)
        .addFilterBefore(new ErasedPersonFilter(people), AuthorizationFilter.class)
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(locked).accessDeniedHandler(locked))
        // A page's script sends the token of the cookie; a program with a bearer token has no
        // cookie that a foreign page could misuse.
        .csrf(csrf -> csrf.spa().ignoringRequestMatchers(BearerTokenFilter::isPresent))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                    .httpStrictTransportSecurity(
                        hsts ->
                            hsts.requestMatcher(new StrictTransport(settings.transport()))
                                .includeSubDomains(false))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                    .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(self), microphone=(), geolocation=()")))
        .logout(logout -> logout.logoutUrl("/logout").logoutSuccessUrl("/"))
        .requestCache(cache -> cache.disable())
        .build();
  }
}
