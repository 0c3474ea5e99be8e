CREATE TABLE t(id INTEGER PRIMARY KEY, a, b INTEGER, r REAL, s TEXT, n)
INSERT INTO t WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i<3000) SELECT i, CASE i%7 WHEN 0 THEN NULL WHEN 1 THEN i*0.5 WHEN 2 THEN 'x'||i WHEN 3 THEN x'00ff' ELSE i*i*i END, (i*7919)%1000-500, i/8.0, substr('abcdefghijklmnopqrstuvwxyz',1+i%26)||i, (i*37)%11 FROM c
CREATE TABLE wide(id INTEGER PRIMARY KEY, long TEXT, k INTEGER)
INSERT INTO wide WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i<300) SELECT i, CASE WHEN i%3=0 THEN hex(zeroblob(4000)) WHEN i%3=1 THEN hex(zeroblob(40)) ELSE 'short' END||i, i%13 FROM c
CREATE TABLE old(id INTEGER PRIMARY KEY, a)
INSERT INTO old WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i<200) SELECT i, i FROM c
ALTER TABLE old ADD COLUMN later INTEGER DEFAULT 42
ALTER TABLE old ADD COLUMN none
INSERT INTO old WITH RECURSIVE c(i) AS (SELECT 201 UNION ALL SELECT i+1 FROM c WHERE i<400) SELECT i, -i, i, 'n'||i FROM c
CREATE TABLE big(id INTEGER PRIMARY KEY, v INTEGER, g INTEGER)
INSERT INTO big WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i<500) SELECT i, CASE WHEN i%100=0 THEN 9223372036854775807 WHEN i%100=50 THEN -9223372036854775808 ELSE i END, i%5 FROM c
SELECT count(*), sum(b), min(b), max(b), avg(b) FROM t
SELECT count(*), count(a), sum(b), total(r) FROM t WHERE b < 100 AND n <> 7
SELECT count(*), sum(b) FROM t WHERE r < 200.0 AND b > -100
SELECT count(*), sum(b) FROM t WHERE r >= 12.5 AND r <= 300.25 AND s LIKE '%z%'
SELECT count(*) FROM t WHERE a = 64
SELECT count(*) FROM t WHERE a > 5
SELECT count(*) FROM t WHERE a < 5.5
SELECT n, count(*), sum(b), sum(a) FROM t GROUP BY n
SELECT a, count(*), sum(b) FROM t WHERE id <= 900 GROUP BY a
SELECT b, count(*), total(r) FROM t GROUP BY b
SELECT n, b % 3, count(*) FROM t GROUP BY 1, 2
SELECT sum((b*3+n*7)%1001+(n*n)%97+CASE WHEN b%2=0 THEN b ELSE -b END+abs(b-n)) FROM t
SELECT sum(CASE WHEN b < 0 THEN -b WHEN b = 7 THEN 1000 ELSE b END), sum(CASE WHEN n > 5 THEN b END) FROM t
SELECT sum(b % n), sum(b / n), sum(b % 0) FROM t
SELECT sum(abs(r)), sum(abs(a)) FROM t WHERE id % 7 <> 2 AND id % 7 <> 3
SELECT count(*), sum(b) FROM t WHERE id > 40 AND id <= 2500
SELECT count(*), sum(id) FROM t WHERE id BETWEEN 10 AND 60
SELECT count(*), min(s), max(s) FROM t WHERE n = 3
SELECT id, s FROM t WHERE n = 3 AND b < -480
SELECT group_concat(s, '') FROM t WHERE b = 17
SELECT k, count(*), sum(length(long)) FROM wide GROUP BY k
SELECT sum(k), count(*) FROM wide WHERE long <> 'short5'
SELECT id, length(long), k FROM wide WHERE k = 4
SELECT sum(later), count(later), count(none), sum(a) FROM old
SELECT later, count(*), sum(a) FROM old GROUP BY later LIMIT 5
SELECT count(*) FROM old WHERE later = 42
SELECT sum(v) FROM big WHERE id < 100
SELECT sum(v) FROM big
SELECT sum(v) FROM big WHERE v > 0
SELECT g, total(v), avg(v) FROM big GROUP BY g
SELECT g, sum(v) FROM big WHERE id % 100 <> 0 AND id % 100 <> 50 GROUP BY g
SELECT sum(v+1) FROM big
SELECT total(-v), total(v-1), total(v*2) FROM big
SELECT total(abs(v)) FROM big WHERE v > -9223372036854775808
SELECT sum(abs(v)) FROM big
SELECT DISTINCT n FROM t
SELECT count(*) FROM (SELECT DISTINCT b FROM t)
SELECT count(*) FROM (SELECT DISTINCT a FROM t)
SELECT r, id FROM t WHERE id < 600 ORDER BY r DESC, id
SELECT b, r, id FROM t ORDER BY b, r DESC LIMIT 3000
SELECT a, id FROM t WHERE id < 400 ORDER BY a, id
SELECT n, r FROM t ORDER BY n DESC, r
SELECT CASE WHEN n=4 THEN NULL ELSE r END AS x, id FROM t ORDER BY x, id DESC
SELECT CASE WHEN n=4 THEN NULL ELSE r END AS x, id FROM t ORDER BY x DESC NULLS FIRST, id
SELECT v, id FROM big ORDER BY v, id
SELECT -r AS x, b FROM t ORDER BY x, b
SELECT t.n, count(*), sum(w.k) FROM t JOIN wide w ON t.n = w.k GROUP BY t.n
SELECT count(*) FROM t x JOIN t y ON x.b = y.n
SELECT sum(x) FROM (SELECT sum(b) OVER (PARTITION BY n ORDER BY id) AS x FROM t)
SELECT id, rank() OVER (PARTITION BY n ORDER BY b), count(*) OVER (PARTITION BY b) FROM t WHERE id < 700 ORDER BY id
ANALYZE
SELECT t.n, count(*), sum(w.k) FROM t JOIN wide w ON t.id = w.id GROUP BY t.n
SELECT count(*), sum(o.later) FROM t JOIN wide w ON t.b = w.id JOIN old o ON o.id = w.k WHERE t.n < 8
SELECT t.id, w.k FROM t LEFT JOIN wide w ON w.id = t.b WHERE t.id < 50
SELECT count(*), count(w.id) FROM t LEFT JOIN wide w ON w.id = t.r
SELECT r, id FROM t ORDER BY r DESC, id LIMIT 10
SELECT r, id FROM t ORDER BY r, id DESC LIMIT 7 OFFSET 3
SELECT CASE WHEN n=4 THEN NULL WHEN n=5 THEN b ELSE r END AS x, id FROM t ORDER BY x DESC, id LIMIT 12
SELECT CASE WHEN n=4 THEN NULL WHEN n=5 THEN b ELSE r END AS x, id FROM t ORDER BY x NULLS LAST, id LIMIT 12
SELECT b, id FROM t ORDER BY b, id LIMIT 9
SELECT s, r FROM t WHERE n < 4 ORDER BY s LIMIT 5
SELECT total(r) FROM (SELECT r FROM t ORDER BY r DESC LIMIT 100)
CREATE TABLE word (id INTEGER PRIMARY KEY, w TEXT, x TEXT COLLATE NOCASE, m)
INSERT INTO word WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i+1 FROM n WHERE i<900) SELECT i, substr('abcdefghijklmnop', 1, i%17) || CASE i%5 WHEN 0 THEN 'é' WHEN 1 THEN '' ELSE i%7 END, substr('ABCdefghij', 1, i%11), CASE i%9 WHEN 0 THEN NULL WHEN 1 THEN i WHEN 2 THEN x'616263' ELSE substr('abcdefghijk', 1, i%12) END FROM n
SELECT count(*), sum(id) FROM word WHERE w < 'abcdefgh'
SELECT count(*), sum(id) FROM word WHERE w <= 'abcdefghijé' AND w > 'abc'
SELECT count(*), sum(id) FROM word WHERE w = 'abcdefghi' OR id < 40
SELECT count(*), sum(id) FROM word WHERE w <> ''
SELECT count(*), sum(id) FROM word WHERE w >= x
SELECT count(*), sum(id) FROM word WHERE x < 'abcDEFGHI'
SELECT count(*), sum(id) FROM word WHERE m < 'abcdefghi'
SELECT count(*), sum(id) FROM word WHERE m >= w
SELECT count(*), sum(id) FROM word WHERE w > 5
SELECT id FROM word WHERE w BETWEEN 'abcdefghijkl' AND 'abcdefghijklmé'
