package dev.turso.spring;

import dev.turso.cdc.read.ReaderOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What an application may set under {@code turso.*}. */
@ConfigurationProperties("turso")
public class TursoProperties {

  /** Path of the database file, used when no JDBC URL is set. */
  private @Nullable String path;

  /** Journal mode of the file. */
  private String journalMode = "wal";

  /** When a commit is synced to the disk: off, normal, full or extra. */
  private String synchronous = "normal";

  /** Time that a statement waits for another writer. */
  private Duration busyTimeout = Duration.ofSeconds(5);

  /** Whether foreign keys are enforced. */
  private boolean foreignKeys = true;

  /** Folder that backups are written to; without it, a backup over HTTP or JMX is refused. */
  private @Nullable Path backupDirectory;

  /** Further databases by name, beside the primary data source. */
  private final Map<String, Named> databases = new LinkedHashMap<>();

  private final Encryption encryption = new Encryption();
  private final Transaction transaction = new Transaction();
  private final Events events = new Events();
  private final Live live = new Live();
  private final Statements statements = new Statements();
  private final Console console = new Console();
  private final Kafka kafka = new Kafka();

  public @Nullable String getPath() {
    return path;
  }

  public void setPath(@Nullable String path) {
    this.path = path;
  }

  public String getJournalMode() {
    return journalMode;
  }

  public void setJournalMode(String journalMode) {
    this.journalMode = journalMode;
  }

  public String getSynchronous() {
    return synchronous;
  }

  public void setSynchronous(String synchronous) {
    this.synchronous = synchronous;
  }

  public Duration getBusyTimeout() {
    return busyTimeout;
  }

  public void setBusyTimeout(Duration busyTimeout) {
    this.busyTimeout = busyTimeout;
  }

  public boolean isForeignKeys() {
    return foreignKeys;
  }

  public void setForeignKeys(boolean foreignKeys) {
    this.foreignKeys = foreignKeys;
  }

  public @Nullable Path getBackupDirectory() {
    return backupDirectory;
  }

  public void setBackupDirectory(@Nullable Path backupDirectory) {
    this.backupDirectory = backupDirectory;
  }

  public Map<String, Named> getDatabases() {
    return databases;
  }

  public Encryption getEncryption() {
    return encryption;
  }

  public Transaction getTransaction() {
    return transaction;
  }

  public Events getEvents() {
    return events;
  }

  public Live getLive() {
    return live;
  }

  public Statements getStatements() {
    return statements;
  }

  public Console getConsole() {
    return console;
  }

  public Kafka getKafka() {
    return kafka;
  }

  /** The change log, sent to Kafka. */
  public static class Kafka {

    /** Whether committed changes are sent to Kafka; needs kafka-clients on the class path. */
    private boolean enabled;

    /** Where Kafka is; by default what spring.kafka.bootstrap-servers says. */
    private List<String> bootstrapServers = new ArrayList<>();

    /** First part of every topic's name; by default the application's name. */
    private @Nullable String prefix;

    /** Name of the cursor in the database; by default the prefix. */
    private @Nullable String cursor;

    /** Where a new cursor begins. */
    private ReaderOptions.Start start = ReaderOptions.Start.SNAPSHOT;

    /** Tables whose changes are sent; by default all. */
    private List<String> tables = new ArrayList<>();

    /** Kafka's own settings for the producer and the admin client. */
    private final Map<String, String> properties = new LinkedHashMap<>();

    public boolean isEnabled() {
      return enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }

    public List<String> getBootstrapServers() {
      return bootstrapServers;
    }

    public void setBootstrapServers(List<String> bootstrapServers) {
      this.bootstrapServers = bootstrapServers;
    }

    public @Nullable String getPrefix() {
      return prefix;
    }

    public void setPrefix(@Nullable String prefix) {
      this.prefix = prefix;
    }

    public @Nullable String getCursor() {
      return cursor;
    }

    public void setCursor(@Nullable String cursor) {
      this.cursor = cursor;
    }

    public ReaderOptions.Start getStart() {
      return start;
    }

    public void setStart(ReaderOptions.Start start) {
      this.start = start;
    }

    public List<String> getTables() {
      return tables;
    }

    public void setTables(List<String> tables) {
      this.tables = tables;
    }

    public Map<String, String> getProperties() {
      return properties;
    }
  }

  /** The page for the developer at this machine. */
  public static class Console {

    /** Whether the console is served, to this machine only. */
    private boolean enabled;

    /** Path of the console. */
    private String path = "/turso-console";

    /** File that the token is written to at each start; turso-console.token in the working folder by default. */
    private @Nullable Path tokenFile;

    /** Whether the console may change data. */
    private boolean writable;

    public boolean isEnabled() {
      return enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }

    public String getPath() {
      return path;
    }

    public void setPath(String path) {
      this.path = path;
    }

    public @Nullable Path getTokenFile() {
      return tokenFile;
    }

    public void setTokenFile(@Nullable Path tokenFile) {
      this.tokenFile = tokenFile;
    }

    public boolean isWritable() {
      return writable;
    }

    public void setWritable(boolean writable) {
      this.writable = writable;
    }
  }

  /** Which statements are kept for the operator to see. */
  public static class Statements {

    /** Whether statements and connections are watched; by default if a threshold is set. */
    private @Nullable Boolean watch;

    /** Time from which on a statement is slow. */
    private Duration slowThreshold = Duration.ofSeconds(1);

    public @Nullable Boolean getWatch() {
      return watch;
    }

    public void setWatch(@Nullable Boolean watch) {
      this.watch = watch;
    }

    public Duration getSlowThreshold() {
      return slowThreshold;
    }

    public void setSlowThreshold(Duration slowThreshold) {
      this.slowThreshold = slowThreshold;
    }
  }

  /** One database more, beside the primary data source. */
  public static class Named {

    /** JDBC URL of the database; wins over the path. */
    private @Nullable String url;

    /** Path of the database file; a database in memory without one. */
    private @Nullable String path;

    /** Connections in the pool. */
    private int poolSize = 10;

    private final Encryption encryption = new Encryption();

    /** Its own key; without one the database has that of the primary one. */
    public Encryption getEncryption() {
      return encryption;
    }

    public @Nullable String getUrl() {
      return url;
    }

    public void setUrl(@Nullable String url) {
      this.url = url;
    }

    public @Nullable String getPath() {
      return path;
    }

    public void setPath(@Nullable String path) {
      this.path = path;
    }

    public int getPoolSize() {
      return poolSize;
    }

    public void setPoolSize(int poolSize) {
      this.poolSize = poolSize;
    }
  }

  /** What the file is encrypted with. */
  public static class Encryption {

    /** Cipher: aes128gcm, aes256gcm, or none; by default as the length of the key says. */
    private @Nullable String cipher;

    /** Key in hexadecimal, 32 or 64 digits; without a key or a key file the database is not encrypted. */
    private @Nullable String key;

    /** File that holds the key in hexadecimal. */
    private @Nullable Path keyFile;

    public @Nullable String getCipher() {
      return cipher;
    }

    public void setCipher(@Nullable String cipher) {
      this.cipher = cipher;
    }

    public @Nullable String getKey() {
      return key;
    }

    public void setKey(@Nullable String key) {
      this.key = key;
    }

    public @Nullable Path getKeyFile() {
      return keyFile;
    }

    public void setKeyFile(@Nullable Path keyFile) {
      this.keyFile = keyFile;
    }
  }

  /** How transactions begin. */
  public static class Transaction {

    /** What a transaction begins with: auto (its first statement decides), immediate or deferred. */
    private String begin = "auto";

    public String getBegin() {
      return begin;
    }

    public void setBegin(String begin) {
      this.begin = begin;
    }
  }

  /** Row change events. */
  public static class Events {

    /** Whether committed row changes are published to event listeners. */
    private boolean enabled = true;

    public boolean isEnabled() {
      return enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }
  }

  /** Live queries. */
  public static class Live {

    /** Number of live queries that may be open at once. */
    private int maxSubscriptions = 10_000;

    /** Time between comments that keep an idle server-sent event stream open. */
    private Duration heartbeat = Duration.ofSeconds(15);

    /** Time that a query goes on after its last stream has ended, for a client that comes back. */
    private Duration resumeWindow = Duration.ofSeconds(30);

    private final Web web = new Web();

    public Web getWeb() {
      return web;
    }

    public Duration getResumeWindow() {
      return resumeWindow;
    }

    public void setResumeWindow(Duration resumeWindow) {
      this.resumeWindow = resumeWindow;
    }

    public int getMaxSubscriptions() {
      return maxSubscriptions;
    }

    public void setMaxSubscriptions(int maxSubscriptions) {
      this.maxSubscriptions = maxSubscriptions;
    }

    public Duration getHeartbeat() {
      return heartbeat;
    }

    public void setHeartbeat(Duration heartbeat) {
      this.heartbeat = heartbeat;
    }
  }

  /** The ready-made endpoint of live queries. */
  public static class Web {

    /** Path under which the declared queries are served; nothing is served without one. */
    private @Nullable String path;

    /** Origins of pages of other hosts that may read, for example https://example.org. */
    private List<String> allowedOrigins = new ArrayList<>();

    /** Names by which requests from this machine may address the server, beside localhost. */
    private List<String> allowedHosts = new ArrayList<>();

    /** Streams that may be open at once. */
    private int maxStreams = 1_000;

    /** Streams that one user, or one address without a user, may have open at once. */
    private int maxStreamsPerPrincipal = 20;

    /** The queries that clients may name. */
    private final Map<String, Query> queries = new LinkedHashMap<>();

    private final PositionHeader positionHeader = new PositionHeader();

    public PositionHeader getPositionHeader() {
      return positionHeader;
    }

    public @Nullable String getPath() {
      return path;
    }

    public void setPath(@Nullable String path) {
      this.path = path;
    }

    public List<String> getAllowedOrigins() {
      return allowedOrigins;
    }

    public void setAllowedOrigins(List<String> allowedOrigins) {
      this.allowedOrigins = allowedOrigins;
    }

    public List<String> getAllowedHosts() {
      return allowedHosts;
    }

    public void setAllowedHosts(List<String> allowedHosts) {
      this.allowedHosts = allowedHosts;
    }

    public int getMaxStreams() {
      return maxStreams;
    }

    public void setMaxStreams(int maxStreams) {
      this.maxStreams = maxStreams;
    }

    public int getMaxStreamsPerPrincipal() {
      return maxStreamsPerPrincipal;
    }

    public void setMaxStreamsPerPrincipal(int maxStreamsPerPrincipal) {
      this.maxStreamsPerPrincipal = maxStreamsPerPrincipal;
    }

    public Map<String, Query> getQueries() {
      return queries;
    }

    /** The response header with the position of what a request wrote. */
    public static class PositionHeader {

      /** Whether answers to requests that may write have the header. */
      private boolean enabled = true;

      /** Name of the header. */
      private String name = "Turso-Position";

      public boolean isEnabled() {
        return enabled;
      }

      public void setEnabled(boolean enabled) {
        this.enabled = enabled;
      }

      public String getName() {
        return name;
      }

      public void setName(String name) {
        this.name = name;
      }
    }

    /** A query that clients may name. */
    public static class Query {

      /** One SELECT; :principal in it is the name of the authenticated user. */
      private @Nullable String sql;

      /** Types of its other parameters by name: integer, real, text or boolean. */
      private final Map<String, String> parameters = new LinkedHashMap<>();

      /** Whether only authenticated users may read it. */
      private boolean authenticated;

      public @Nullable String getSql() {
        return sql;
      }

      public void setSql(@Nullable String sql) {
        this.sql = sql;
      }

      public Map<String, String> getParameters() {
        return parameters;
      }

      public boolean isAuthenticated() {
        return authenticated;
      }

      public void setAuthenticated(boolean authenticated) {
        this.authenticated = authenticated;
      }
    }
  }
}
