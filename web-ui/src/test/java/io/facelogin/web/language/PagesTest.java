package io.facelogin.web.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.facelogin.contract.v1.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Every template, filled in every language, without server, broker or database. */
class PagesTest {

  private static final List<String> PAGES =
      List.of(
          "login",
          "enrol",
          "site",
          "people",
          "decisions",
          "cameras",
          "access",
          "audit",
          "welcome",
          "locked",
          "error",
          "error/403",
          "error/404",
          "error/500");

  private static MockMvc pages;

  @BeforeAll
  static void fill() {
    AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    context.setServletContext(new MockServletContext());
    context.register(Setting.class);
    context.refresh();
    pages = MockMvcBuilders.webAppContextSetup(context).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyPageSpeaksEveryLanguage(String language) throws Exception {
    for (String page : PAGES) {
      String html = page(get("/page/").param("name", page).header("Accept-Language", language));

      // That is how Thymeleaf marks a text that is missing.
      assertThat(html).as(page).doesNotContain("??").contains("<html").contains("</html>");
      assertThat(html).as(page).contains("lang=\"" + (language.equals("zh") ? "zh-CN" : "en"));
    }
  }

  @Test
  void noPageHoldsCodeOrStyleOfItsOwnNorAsksAnotherServer() throws Exception {
    for (String page : PAGES) {
      String html = page(get("/page/").param("name", page));

      assertThat(html).as(page).doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=");
      assertThat(html).as(page).doesNotContainPattern("<script(?![^>]*\\ssrc=)");
      assertThat(html).as(page).doesNotContainPattern("(src|href)=\"(https?:)?//");
    }
  }

  @Test
  void navigationShowsOnlyWhatTheVisitorMayUse() throws Exception {
    String stranger =
        page(get("/page/").param("name", "login").param("role", "NONE").param("open", "false"));
    String viewer = page(get("/page/").param("name", "people").param("role", "VIEWER"));
    String operator = page(get("/page/").param("name", "people").param("role", "OPERATOR"));
    String administrator = page(get("/page/").param("name", "login"));

    assertThat(stranger).doesNotContain("href=\"/people\"").doesNotContain("href=\"/enrol\"");
    assertThat(viewer).contains("href=\"/decisions\"").doesNotContain("href=\"/cameras\"");
    assertThat(operator).contains("href=\"/cameras\"").doesNotContain("href=\"/access\"");
    assertThat(administrator).contains("href=\"/access\"").contains("href=\"/audit\"");
  }

  @Test
  void chosenLanguageStaysAndOutweighsTheBrowsers() throws Exception {
    MockHttpServletResponse chosen =
        pages
            .perform(get("/page/").param("name", "login").param("lang", "zh"))
            .andReturn()
            .getResponse();

    assertThat(chosen.getContentAsString(StandardCharsets.UTF_8)).contains("刷脸登录");
    String again =
        page(
            get("/page/")
                .param("name", "login")
                .cookie(chosen.getCookies())
                .header("Accept-Language", "en"));
    assertThat(again).contains("刷脸登录");
  }

  @Test
  void languageThatIsNotOfferedFallsBackToTheNextWishedOne() throws Exception {
    String html =
        page(get("/page/").param("name", "login").header("Accept-Language", "fr, zh-TW;q=0.8"));

    assertThat(html).contains("刷脸登录");
  }

  @Test
  void bundlesHaveTheSameKeysAndEveryReasonInWords() {
    var english = Languages.bundle(Locale.ENGLISH);
    var chinese = Languages.bundle(Locale.CHINESE);

    // handleKeySet is protected: what the Chinese bundle only inherits shows by being equal.
    for (String key : english.keySet()) {
      if (!english.getString(key).matches("[\\P{L}]*")) {
        assertThat(chinese.getString(key)).as(key).isNotEqualTo(english.getString(key));
      }
    }
    for (Reason reason : Reason.values()) {
      if (reason != Reason.REASON_UNSPECIFIED && reason != Reason.UNRECOGNIZED) {
        assertThat(english.keySet()).contains("reason." + reason.name());
      }
    }
  }

  @Test
  void everyTextThatAScriptAsksForExists() throws IOException {
    TreeSet<String> asked = new TreeSet<>();
    Pattern call = Pattern.compile("\\btext\\('([^']+)'");
    for (Resource script :
        new PathMatchingResourcePatternResolver().getResources("classpath:/static/js/*.js")) {
      try (InputStream content = script.getInputStream()) {
        Matcher calls = call.matcher(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        while (calls.find()) {
          asked.add(calls.group(1));
        }
      }
    }

    assertThat(asked).hasSizeGreaterThan(50);
    assertThat(Languages.bundle(Locale.ENGLISH).keySet()).containsAll(asked);
  }

  private static String page(MockHttpServletRequestBuilder request) throws Exception {
    MockHttpServletResponse response = pages.perform(request).andReturn().getResponse();
    assertThat(response.getStatus()).isEqualTo(200);
    return response.getContentAsString(StandardCharsets.UTF_8);
  }

  @Controller
  static class AnyPage {
    @GetMapping("/page/")
    String fill(
        @RequestParam String name,
        @RequestParam(defaultValue = "ADMIN") String role,
        @RequestParam(defaultValue = "true") boolean open,
        Model model) {
      model.addAttribute("admin", role.equals("ADMIN"));
      model.addAttribute("operator", List.of("ADMIN", "OPERATOR").contains(role));
      model.addAttribute("viewer", !role.equals("NONE"));
      model.addAttribute("openEnrolment", open);
      model.addAttribute("person", Map.of("name", "Ada", "at", "2026-11-24T12:00:00Z"));
      return name;
    }
  }

  /** No @Configuration: the application's component scan would find it in the other tests. */
  @EnableWebMvc
  @Import({Languages.class, ScriptTexts.class, ScriptTextsAdvice.class, AnyPage.class})
  static class Setting {
    @Bean
    MessageSource messageSource() {
      ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
      messages.setBasename("messages");
      messages.setDefaultEncoding("UTF-8");
      messages.setFallbackToSystemLocale(false);
      return messages;
    }

    @Bean
    ViewResolver viewResolver(MessageSource messages) {
      ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
      templates.setPrefix("templates/");
      templates.setSuffix(".html");
      templates.setCharacterEncoding("UTF-8");
      SpringTemplateEngine engine = new SpringTemplateEngine();
      engine.setTemplateResolver(templates);
      engine.setTemplateEngineMessageSource(messages);
      ThymeleafViewResolver resolver = new ThymeleafViewResolver();
      resolver.setTemplateEngine(engine);
      resolver.setCharacterEncoding("UTF-8");
      return resolver;
    }
  }
}
