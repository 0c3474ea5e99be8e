package dev.turso.spring.observe;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the health of the database looks at.
 *
 * @param integrityInterval how often the file's integrity is checked, when health is asked for; 0 for never
 * @param integrityLimit files that are larger are not checked
 */
@ConfigurationProperties("turso.health")
public record TursoHealthProperties(
    @DefaultValue("1h") Duration integrityInterval,
    @DefaultValue("64MB") DataSize integrityLimit) {}
