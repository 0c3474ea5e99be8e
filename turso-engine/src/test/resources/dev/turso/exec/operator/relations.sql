CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT, c REAL, d)
INSERT INTO t VALUES(1,10,'x',1.5,NULL),(2,20,'y',2.0,'q'),(3,NULL,'x',3.25,7),(4,10,'z',NULL,7.0),(5,30,NULL,5.0,x'00ff')
CREATE TABLE u(k INTEGER PRIMARY KEY, tid INT, v TEXT)
INSERT INTO u VALUES(1,1,'one'),(2,1,'uno'),(3,3,'three'),(4,99,'none'),(5,NULL,'null')
CREATE INDEX t_a ON t(a)
CREATE INDEX t_bc ON t(b, c DESC)
CREATE TABLE w(p TEXT, q INT, r, PRIMARY KEY(p,q)) WITHOUT ROWID
INSERT INTO w VALUES('a',1,'A1'),('b',2,'B2'),('a',0,'A0')
SELECT 1
SELECT 1+2, 'a'||'b', 5/2, 5.0/2, 7%3, -5, ~1, 1<<3, NULL+1, 3 BETWEEN 1 AND 4
VALUES (1,2),(3,4)
SELECT * FROM t
SELECT b, c FROM t WHERE id = 2
SELECT id FROM t WHERE a = 10
SELECT id FROM t WHERE a > 10 ORDER BY a DESC
SELECT * FROM t WHERE a IS NULL
SELECT id, b FROM t WHERE b='x' AND c>1 ORDER BY c
SELECT b, c FROM t WHERE b IN ('x','z') ORDER BY b, c DESC
SELECT count(*) FROM t
SELECT count(*), sum(a), avg(a), min(b), max(c), total(c) FROM t
SELECT b, count(*), sum(a) FROM t GROUP BY b
SELECT a, group_concat(b) FROM t GROUP BY a HAVING count(*)>1
SELECT min(a) FROM t
SELECT max(a) FROM t
SELECT max(a), id FROM t
SELECT DISTINCT b FROM t
SELECT DISTINCT a FROM t ORDER BY a DESC
SELECT t.id, u.v FROM t JOIN u ON u.tid = t.id
SELECT t.id, u.v FROM t LEFT JOIN u ON u.tid = t.id
SELECT t.id, u.v FROM t RIGHT JOIN u ON u.tid = t.id
SELECT t.id, u.v FROM t FULL JOIN u ON u.tid = t.id
SELECT t.id, u.v FROM t, u WHERE t.id=u.tid ORDER BY u.v
SELECT id FROM t WHERE id IN (SELECT tid FROM u)
SELECT id FROM t WHERE id NOT IN (SELECT tid FROM u)
SELECT id FROM t WHERE id NOT IN (SELECT tid FROM u WHERE tid IS NOT NULL)
SELECT id, (SELECT count(*) FROM u WHERE u.tid=t.id) FROM t
SELECT id FROM t WHERE EXISTS(SELECT 1 FROM u WHERE u.tid=t.id)
SELECT id FROM t ORDER BY b, id DESC LIMIT 3
SELECT id FROM t ORDER BY c DESC LIMIT 2 OFFSET 1
SELECT a FROM t UNION SELECT tid FROM u
SELECT a FROM t UNION ALL SELECT tid FROM u
SELECT a FROM t EXCEPT SELECT tid FROM u
SELECT id FROM t INTERSECT SELECT tid FROM u
SELECT a FROM t UNION SELECT k FROM u ORDER BY 1 DESC LIMIT 3
WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x<10) SELECT x FROM c
WITH RECURSIVE c(x,y) AS (VALUES(1,1) UNION SELECT x+1, y*2 FROM c WHERE x<5) SELECT sum(x), sum(y) FROM c
WITH q AS (SELECT a, count(*) n FROM t GROUP BY a) SELECT q1.a, q2.n FROM q q1, q q2 WHERE q1.a=q2.a
SELECT * FROM w
SELECT r FROM w WHERE p='a' AND q=0
SELECT p FROM w WHERE p='a' ORDER BY q DESC
SELECT * FROM (SELECT a, b FROM t WHERE a>5) WHERE b='x'
SELECT CASE a WHEN 10 THEN 'ten' WHEN 20 THEN 'twenty' ELSE 'other' END FROM t
SELECT id FROM t WHERE a=10 OR b='y'
SELECT id FROM t WHERE a=10 OR a=20
SELECT id FROM t WHERE b LIKE 'x%'
SELECT typeof(c), c FROM t WHERE id IN (1,2,4)
SELECT count(DISTINCT b), count(b) FROM t
SELECT sum(a) FILTER (WHERE b='x') FROM t
SELECT group_concat(b, '-' ORDER BY id DESC) FROM t
SELECT * FROM t WHERE 0
SELECT t1.id, t2.id FROM t t1, t t2 WHERE t1.a = t2.a AND t1.id < t2.id
SELECT id FROM t WHERE (a,b) = (10,'x')
SELECT id FROM t WHERE (a,b) IN (SELECT 10,'z')
SELECT abs(-5), length('abc'), upper('x'), coalesce(NULL,2), ifnull(NULL,'z'), nullif(1,1)
SELECT id FROM t WHERE rowid > 2.5 AND rowid < 4.5
SELECT id FROM t WHERE id BETWEEN 2 AND 4 ORDER BY id DESC
SELECT d, typeof(d) FROM t ORDER BY d
SELECT (SELECT v FROM u WHERE tid=t.id ORDER BY k DESC LIMIT 1) FROM t
SELECT x.n FROM (SELECT count(*) n, a FROM t GROUP BY a) x WHERE x.a=10
SELECT t.id FROM t LEFT JOIN (SELECT tid, count(*) n FROM u GROUP BY tid) s ON s.tid=t.id WHERE n IS NULL
SELECT b, max(c), id FROM t GROUP BY b
