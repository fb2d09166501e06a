package io.facelogin.web.problem;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The head of the OpenAPI page; paths and bodies are read from the controllers. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  private static final String TOKEN = "access token";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("face-login")
                .version("v1")
                .description(
                    "People, decisions and cameras of a site. Everything wants an access token as"
                        + " bearer, of the role that may do it. Errors are problem details (RFC 9457); where a reason"
                        + " explains one, it stands in the property reasons."))
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }
}
