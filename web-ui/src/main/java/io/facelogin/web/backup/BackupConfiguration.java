package io.facelogin.web.backup;

import io.facelogin.contract.secret.MasterKeys;
import io.facelogin.web.WebSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What backups are sealed with. */
@Configuration(proxyBeanMethods = false)
class BackupConfiguration {

  @Bean
  MasterKeys masterKeys(WebSettings settings) {
    return MasterKeys.readOrMake(settings.tokens().keyFile().resolveSibling("master.key"));
  }
}
