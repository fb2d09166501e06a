package io.facelogin.web.language;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * English and Chinese: what the visitor chose ({@code ?lang=zh}, kept in a cookie), else what the
 * browser asks for, else English. A further language is one more {@code messages_XX.properties} and
 * one more entry here.
 */
@Configuration(proxyBeanMethods = false)
class Languages implements WebMvcConfigurer {
  static final List<Locale> OFFERED = List.of(Locale.ENGLISH, Locale.CHINESE);

  private static final String COOKIE = "language";

  /** The offered language for this locale; English where there is none. */
  static Locale nearest(Locale locale) {
    return OFFERED.stream()
        .filter(offered -> offered.getLanguage().equals(locale.getLanguage()))
        .findFirst()
        .orElse(Locale.ENGLISH);
  }

  /** The bundle of an offered language; never that of the machine the server happens to run on. */
  static ResourceBundle bundle(Locale offered) {
    return ResourceBundle.getBundle(
        "messages",
        offered,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  @Bean
  LocaleResolver localeResolver() {
    AcceptHeaderLocaleResolver asked = new AcceptHeaderLocaleResolver();
    asked.setSupportedLocales(OFFERED);
    asked.setDefaultLocale(Locale.ENGLISH);
    CookieLocaleResolver resolver = new CookieLocaleResolver(COOKIE);
    resolver.setCookieMaxAge(Duration.ofDays(365));
    resolver.setCookieSameSite("Strict");
    resolver.setCookieHttpOnly(true);
    // A damaged cookie falls back to the browser's wish instead of an error page.
    resolver.setRejectInvalidCookies(false);
    resolver.setDefaultLocaleFunction(asked::resolveLocale);
    return resolver;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    LocaleChangeInterceptor change = new LocaleChangeInterceptor();
    change.setParamName("lang");
    change.setIgnoreInvalidLocale(true);
    registry.addInterceptor(change);
  }
}
