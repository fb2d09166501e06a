package io.facelogin.web.token;

import io.facelogin.web.SiteAddress;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Signs with the newest key, checks with every one that is not dropped. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

  @Bean
  JwtEncoder jwtEncoder(SigningKeys keys) {
    NimbusJwtEncoder encoder = new NimbusJwtEncoder(keys);
    encoder.setJwkSelector(keysThatFit -> keysThatFit.get(0));
    return encoder;
  }

  @Bean
  JwtDecoder jwtDecoder(SigningKeys keys, SiteAddress site) {
    NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).build();
    decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(site.issuer()));
    return decoder;
  }
}
