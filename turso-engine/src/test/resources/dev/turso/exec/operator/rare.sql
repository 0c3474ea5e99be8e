CREATE TABLE t1(a,b)
INSERT INTO t1 VALUES(1,2),(NULL,3),('hello',4),('x',NULL)
SELECT ('hello', NULL) IN ((a, b), (3, 4), (5, 6)) FROM t1
SELECT ('hello', NULL) = (a, b) FROM t1
WITH i(x) AS ( VALUES(1) UNION ALL SELECT x+1 FROM i)   SELECT x FROM i LIMIT 10
