package io.facelogin.web.backup;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.secret.MasterKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What backups are sealed with: the master keys of the site. */
@Configuration(proxyBeanMethods = false)
class BackupConfiguration {

  @Bean
  MasterKeys masterKeys(KafkaConnection kafka) {
    return kafka.masterKeysOrThrow();
  }
}
