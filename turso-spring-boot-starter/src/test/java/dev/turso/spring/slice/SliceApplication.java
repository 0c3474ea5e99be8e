package dev.turso.spring.slice;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** An application of a user's, as the test slices see it: no property is set. */
@SpringBootConfiguration
@EnableAutoConfiguration
class SliceApplication {}
