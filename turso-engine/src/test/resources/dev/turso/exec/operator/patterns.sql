CREATE TABLE t(id INTEGER PRIMARY KEY, s)
INSERT INTO t VALUES(1,'abc'),(2,'xABCx'),(3,'ab'),(4,''),(5,NULL),(6,123),(7,x'616263'),(8,'xxabc'),(9,'ABCé'),(10,'a%c'),(11,'abcabx')
INSERT INTO t VALUES(12,'abc'||char(0)||'d'),(13,'x'||char(0)||'abc')
SELECT id FROM t WHERE s LIKE '%abc%'
SELECT id FROM t WHERE s LIKE 'abc%'
SELECT id FROM t WHERE s LIKE '%abc'
SELECT id FROM t WHERE s LIKE 'abc'
SELECT id FROM t WHERE s NOT LIKE '%b%'
SELECT id, s LIKE '%2%' FROM t
SELECT id FROM t WHERE s LIKE '%a_c%'
SELECT id FROM t WHERE s LIKE '%abx'
SELECT a.id, b.s FROM t a JOIN t b ON b.id = a.id % 5 + 1
