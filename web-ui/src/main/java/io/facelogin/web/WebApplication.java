package io.facelogin.web;

import io.facelogin.contract.kafka.KafkaConnection;
import io.facelogin.contract.kafka.PersonKeyReader;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * What Spring finds: the packages below this one. Kafka's own configuration is left out because
 * clients are made from the {@code KafkaConnection} of the process, and the generated user because
 * there is no default password.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(
    exclude = {KafkaAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@ComponentScan
@EnableScheduling
class WebApplication {

  @Bean(destroyMethod = "close")
  PersonKeyReader personKeys(KafkaConnection kafka) {
    return new PersonKeyReader(kafka);
  }
}
