-- SELECTs of every kind that one would not think of, over the tables of OddViewsTest.

-- q001
SELECT * FROM orders;

-- q002
SELECT * FROM customers;

-- q003
SELECT tag, count(*) n, sum(half) s FROM orders GROUP BY tag;

-- q004
SELECT id FROM orders WHERE abs(amount - 50) < 15 AND customer_id % 3 = 1;

-- q005
SELECT id, half FROM orders WHERE status = 'open' AND amount > 20;

-- q006
SELECT abs(amount - 50) a, count(*) n FROM orders GROUP BY abs(amount - 50);

-- q007
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.tag = c.city || ':' || c.tier OR o.half
  = c.twice;

-- q008
SELECT a.id, b.id FROM customers a JOIN customers b ON a.big = b.big AND a.twice < b.twice;

-- q009
SELECT a.id, b.id FROM customers a JOIN customers b ON lower(a.city) = lower(b.city) AND a.tier <
  b.tier;

-- q010
SELECT c.id, o.id FROM customers c JOIN orders o ON abs(o.amount - 50) = c.tier AND o.customer_id
  % 3 = c.id % 3;

-- q011
SELECT e.src, f.dst FROM edges e JOIN edges f ON e.len = f.len AND f.src = e.dst AND f.w > 1;

-- q012
SELECT len, max(w) m, count(*) n FROM edges GROUP BY len HAVING count(*) > 1;

-- q013
SELECT id, rank() OVER (PARTITION BY tag ORDER BY half) r FROM orders;

-- q014
SELECT big, sum(twice) s, count(DISTINCT tier) n FROM customers GROUP BY big COLLATE NOCASE;

-- q015
SELECT id, half FROM orders ORDER BY half DESC, id LIMIT 5;

-- q016
SELECT DISTINCT half, tag FROM orders;

-- q017
SELECT cents FROM products UNION SELECT len FROM edges;

-- q018
SELECT max(half), id, tag FROM orders WHERE tag IS NOT NULL;

-- q019
SELECT id FROM orders WHERE (tag, half) IN (SELECT tag, max(half) FROM orders GROUP BY tag);

-- q020
SELECT p.id, (SELECT sum(i.qty * p.cents) FROM items i WHERE i.product_id = p.id) s FROM products
  p;

-- q021
SELECT typeof(tier) t, typeof(twice) u, count(*) n FROM customers GROUP BY 1, 2;

-- q022
SELECT c.big, o.tag, i.qty, p.cents FROM customers c FULL JOIN orders o ON o.customer_id = c.id
  LEFT JOIN items i ON i.order_id = o.id LEFT JOIN products p ON p.id = i.product_id AND p.cents >
  1000;

-- q023
SELECT o.id, (SELECT count(*) FROM items i WHERE i.order_id = o.id AND i.qty > (SELECT avg(qty)
  FROM items j WHERE j.product_id = i.product_id)) c FROM orders o;

-- q024
SELECT city, sum(n) OVER (ORDER BY city) run FROM (SELECT city, count(*) n FROM customers GROUP BY
  city);

-- q025
SELECT status, count(*) c, rank() OVER (ORDER BY count(*) DESC, status) r FROM orders GROUP BY
  status;

-- q026
SELECT status, sum(amount) s, sum(sum(amount)) OVER () total FROM orders GROUP BY status;

-- q027
SELECT * FROM customers c FULL JOIN orders o ON o.customer_id = c.id AND o.amount > 50;

-- q028
SELECT id, name FROM customers WHERE name COLLATE NOCASE IN (SELECT status FROM orders);

-- q029
SELECT id FROM customers WHERE (city, tier) IN (SELECT city, tier FROM customers GROUP BY city,
  tier HAVING count(*) > 1);

-- q030
SELECT id FROM orders WHERE amount NOT IN (SELECT w FROM edges);

-- q031
SELECT id FROM orders WHERE amount NOT IN (SELECT w FROM edges WHERE w IS NOT NULL);

-- q032
SELECT customer_id, group_concat(status, ',' ORDER BY amount DESC, id) g FROM orders GROUP BY
  customer_id;

-- q033
SELECT customer_id, json_group_array(amount ORDER BY id) g FROM orders GROUP BY customer_id;

-- q034
SELECT customer_id, count(DISTINCT status) FILTER (WHERE amount > 10) c FROM orders GROUP BY
  customer_id;

-- q035
SELECT id, amount, sum(amount) OVER (ORDER BY amount GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING
  EXCLUDE TIES) s FROM orders;

-- q036
SELECT id, amount, sum(amount) OVER (ORDER BY amount RANGE BETWEEN 10 PRECEDING AND 5 FOLLOWING
  EXCLUDE CURRENT ROW) s FROM orders;

-- q037
SELECT id, first_value(id) OVER (PARTITION BY status ORDER BY amount, id ROWS BETWEEN 2 PRECEDING
  AND CURRENT ROW) f, last_value(id) OVER (PARTITION BY status ORDER BY amount, id ROWS BETWEEN
  CURRENT ROW AND UNBOUNDED FOLLOWING) l FROM orders;

-- q038
SELECT id, ntile(4) OVER (ORDER BY amount, id) n, percent_rank() OVER (ORDER BY amount) p,
  cume_dist() OVER (ORDER BY amount) cd FROM orders;

-- q039
SELECT id, nth_value(amount, 2) OVER (PARTITION BY customer_id ORDER BY id) n FROM orders;

-- q040
SELECT id, lag(amount, 2, -1) OVER (PARTITION BY customer_id ORDER BY day, id) a, lead(status)
  OVER (PARTITION BY customer_id ORDER BY day, id) b FROM orders;

-- q041
SELECT * FROM (SELECT id, amount, row_number() OVER (PARTITION BY customer_id ORDER BY amount
  DESC, id) r FROM orders) WHERE r <= 2;

-- q042
SELECT DISTINCT status, amount > 50 big FROM orders;

-- q043
SELECT amount FROM orders UNION SELECT w FROM edges EXCEPT SELECT tier FROM customers;

-- q044
SELECT amount FROM orders INTERSECT SELECT w FROM edges UNION ALL SELECT tier FROM customers;

-- q045
SELECT status x FROM orders UNION ALL SELECT city FROM customers;

-- q046
SELECT CAST(amount AS TEXT) x FROM orders UNION SELECT price FROM products;

-- q047
SELECT c.id, (SELECT max(amount) FROM orders o WHERE o.customer_id = c.id) m, (SELECT status FROM
  orders o WHERE o.customer_id = c.id ORDER BY amount DESC, id LIMIT 1) s FROM customers c;

-- q048
SELECT c.id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND
  NOT EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id));

-- q049
SELECT c.id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id
  AND o.amount > c.tier * 10);

-- q050
SELECT c.id, count(o.id) n FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND
  o.status = 'open' GROUP BY c.id HAVING n < 3;

-- q051
SELECT c.city, p.category, sum(i.qty) q FROM customers c JOIN orders o ON o.customer_id = c.id
  JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id GROUP BY 1, 2;

-- q052
SELECT c.id, o.id, i.qty FROM customers c LEFT JOIN orders o ON o.customer_id = c.id LEFT JOIN
  items i ON i.order_id = o.id;

-- q053
SELECT p.id, i.order_id FROM products p RIGHT JOIN items i ON i.product_id = p.id AND p.price > 20;

-- q054
SELECT * FROM orders NATURAL JOIN big_orders;

-- q055
SELECT id, customer_id FROM big_orders LEFT JOIN orders USING (id, customer_id);

-- q056
SELECT a.id, b.id FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id;

-- q057
SELECT a.id, b.id FROM customers a JOIN customers b ON a.city IS b.city AND a.id <> b.id;

-- q058
SELECT e.src, f.dst, e.w + f.w w FROM edges e JOIN edges f ON e.dst = f.src;

-- q059
SELECT t.order_id, t.total, o.status FROM order_totals t JOIN orders o ON o.id = t.order_id WHERE
  t.total > 30;

-- q060
SELECT o.status, max(t.total) m, min(t.total) n FROM order_totals t JOIN orders o ON o.id =
  t.order_id GROUP BY o.status;

-- q061
WITH RECURSIVE r(n) AS (SELECT src FROM edges UNION SELECT dst FROM edges, r WHERE src = n) SELECT
  n FROM r;

-- q062
WITH RECURSIVE r(a, b) AS (SELECT src, dst FROM edges UNION SELECT r.a, e.dst FROM r JOIN edges e
  ON e.src = r.b) SELECT a, count(*) c FROM r GROUP BY a;

-- q063
WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i < 7) SELECT i, count(o.id) c
  FROM n LEFT JOIN orders o ON o.day = i GROUP BY i;

-- q064
WITH RECURSIVE r(a, d) AS (SELECT src, 0 FROM edges WHERE src < 3 UNION SELECT e.dst, d + 1 FROM r
  JOIN edges e ON e.src = r.a WHERE d < 3) SELECT a, min(d) m FROM r GROUP BY a;

-- q065
SELECT j.key, j.value, c.id FROM customers c, json_each(json_array(c.name, c.city, c.tier)) j;

-- q066
SELECT c.id, j.value FROM customers c JOIN json_each('["' || ifnull(c.name, 'x') || '",1,null]') j;

-- q067
SELECT id, CASE WHEN amount > 50 THEN 'hi' WHEN amount IS NULL THEN NULL ELSE amount END x FROM
  orders;

-- q068
SELECT typeof(x), count(*) c FROM (SELECT CASE WHEN amount > 50 THEN 'hi' ELSE amount END x FROM
  orders) GROUP BY typeof(x);

-- q069
SELECT x, count(*) c FROM (SELECT CASE amount % 3 WHEN 0 THEN amount WHEN 1 THEN CAST(amount AS
  REAL) ELSE CAST(amount AS TEXT) END x FROM orders) GROUP BY x;

-- q070
SELECT DISTINCT x FROM (SELECT amount * 1.0 x FROM orders UNION ALL SELECT amount FROM orders);

-- q071
SELECT upper(substr(name, 1, 2)) || printf('%05d', tier) x, length(city) l FROM customers;

-- q072
SELECT strftime('%Y-%m', day * 86400, 'unixepoch') m, sum(amount) s FROM orders GROUP BY m;

-- q073
SELECT id, amount FROM orders ORDER BY amount DESC, id LIMIT 5 OFFSET 2;

-- q074
SELECT status, amount FROM orders ORDER BY status COLLATE NOCASE, amount, id LIMIT 7;

-- q075
SELECT DISTINCT amount FROM orders ORDER BY amount DESC LIMIT 4;

-- q076
SELECT customer_id, sum(amount) s FROM orders GROUP BY customer_id ORDER BY s DESC, customer_id
  LIMIT 3;

-- q077
SELECT * FROM (SELECT id, amount FROM orders ORDER BY amount, id LIMIT 5) ORDER BY id DESC LIMIT 2;

-- q078
SELECT id FROM orders WHERE id IN (SELECT id FROM orders ORDER BY amount DESC, id LIMIT 3);

-- q079
SELECT c.id, c.name FROM customers c WHERE c.id = (SELECT customer_id FROM orders ORDER BY amount
  DESC, id LIMIT 1);

-- q080
SELECT max(amount), id FROM orders;

-- q081
SELECT status, max(amount) m, id FROM orders GROUP BY status;

-- q082
SELECT count(*), sum(amount), avg(amount), total(amount), min(amount), max(amount) FROM orders;

-- q083
SELECT sum(price), avg(price) FROM products;

-- q084
SELECT category, avg(price) a, sum(price * 1e10) s, total(price) t FROM products GROUP BY category;

-- q085
SELECT count(*) FROM orders WHERE amount > (SELECT avg(amount) FROM orders);

-- q086
SELECT id, amount - (SELECT avg(amount) FROM orders o2 WHERE o2.customer_id = orders.customer_id)
  d FROM orders;

-- q087
SELECT id FROM orders o WHERE amount >= (SELECT max(amount) FROM orders);

-- q088
SELECT id FROM orders o WHERE amount = (SELECT max(amount) FROM orders o2 WHERE o2.status IS
  o.status);

-- q089
SELECT c.city, (SELECT group_concat(name, '/') FROM (SELECT name FROM customers d WHERE d.city IS
  c.city ORDER BY name, id)) n FROM customers c GROUP BY c.city;

-- q090
SELECT name FROM customers WHERE name LIKE 'a%' OR name GLOB '*[b-d]*';

-- q091
SELECT id, iif(tier > 1, coalesce(city, '-'), nullif(name, 'x')) v FROM customers;

-- q092
SELECT tier, string_agg(name, ';') s FROM customers WHERE id < 3 GROUP BY tier;

-- q093
SELECT order_id, sum(qty) FILTER (WHERE qty > 2) a, count(*) FILTER (WHERE product_id IN (SELECT
  id FROM products WHERE price > 10)) b FROM items GROUP BY order_id;

-- q094
SELECT customer_id, status, count(*) n FROM orders GROUP BY customer_id, status HAVING count(*) >
  (SELECT count(*) FROM customers) / 4;

-- q095
SELECT a.n, b.n FROM (SELECT count(*) n FROM orders) a, (SELECT count(*) n FROM customers) b;

-- q096
SELECT o.id FROM orders o, (SELECT max(amount) m FROM orders) x WHERE o.amount = x.m;

-- q097
SELECT x.customer_id, x.s, y.n FROM (SELECT customer_id, sum(amount) s FROM orders GROUP BY 1) x
  FULL JOIN (SELECT id customer_id, name n FROM customers) y USING (customer_id);

-- q098
SELECT 1 WHERE EXISTS (SELECT * FROM orders WHERE amount > 90);

-- q099
SELECT (SELECT count(*) FROM orders) - (SELECT count(*) FROM customers) d;

-- q100
SELECT src, dst, w, row_number() OVER w1 rn, sum(w) OVER (w1 ROWS 2 PRECEDING) s FROM edges WINDOW
  w1 AS (PARTITION BY src ORDER BY w, dst);

-- q101
SELECT src, avg(w) OVER (PARTITION BY src ORDER BY dst RANGE UNBOUNDED PRECEDING) a FROM edges;

-- q102
SELECT id, count(*) FILTER (WHERE amount > 20) OVER (PARTITION BY status) c FROM orders;

-- q103
SELECT id, group_concat(status) OVER (PARTITION BY customer_id ORDER BY id) g FROM orders;

-- q104
SELECT id, max(amount) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) m, min(amount)
  OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING) n FROM orders;

-- q105
SELECT id, dense_rank() OVER (PARTITION BY status ORDER BY amount) d FROM orders WHERE day > 2
  ORDER BY d, id LIMIT 6;

-- q106
SELECT * FROM customers WHERE id IN (SELECT customer_id FROM orders INTERSECT SELECT src FROM
  edges);

-- q107
SELECT * FROM customers c WHERE c.tier > (SELECT count(*) FROM orders o WHERE o.customer_id =
  c.id);

-- q108
SELECT c.id, x.id FROM customers c LEFT JOIN (orders x JOIN items y ON y.order_id = x.id) ON
  x.customer_id = c.id;

-- q109
SELECT c.id, o.id FROM customers c CROSS JOIN orders o WHERE c.id = o.customer_id OR c.tier =
  o.day;

-- q110
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON c.tier BETWEEN o.day - 1 AND o.day + 1
  AND o.amount > 70;

-- q111
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL;

-- q112
SELECT coalesce(c.id, -1) k, count(*) n FROM customers c FULL JOIN edges e ON e.src = c.id GROUP
  BY k;

-- q113
SELECT status || '' s, sum(DISTINCT amount) d, avg(DISTINCT amount) a, count(DISTINCT customer_id)
  c FROM orders GROUP BY status;

-- q114
SELECT min(name), max(city), min(DISTINCT tier) FROM customers;

-- q115
SELECT city, min(name COLLATE NOCASE) m FROM customers GROUP BY city COLLATE NOCASE;

-- q116
SELECT name COLLATE NOCASE n, count(*) c FROM customers GROUP BY n;

-- q117
SELECT id, json_object('a', amount, 'b', status, 'c', json_array(day, NULL)) j FROM orders;

-- q118
SELECT json_group_object(name, tier) FROM customers WHERE name IS NOT NULL AND id < 2;

-- q119
SELECT id, json_extract(json_object('a', amount), '$.a') a, json_object('x', status) ->> 'x' x
  FROM orders;

-- q120
SELECT hex(name) h, quote(price) q FROM customers LEFT JOIN products USING (id);

-- q121
SELECT id, abs(amount - 50) a, round(amount / 7.0, 2) r, amount / 7 q, amount % 7 m, amount << 2
  s, ~amount n FROM orders;

-- q122
SELECT id, amount BETWEEN 10 AND 20 b, amount IS NOT DISTINCT FROM day d, NOT amount n, -amount m
  FROM orders;

-- q123
SELECT i.order_id, i.product_id, i.qty * p.price v, sum(i.qty * p.price) OVER (PARTITION BY
  i.order_id) t FROM items i LEFT JOIN products p ON p.id = i.product_id;

-- q124
SELECT day, sum(amount) s, sum(sum(amount)) OVER (ORDER BY day) run, avg(sum(amount)) OVER (ORDER
  BY day ROWS 1 PRECEDING) a FROM orders GROUP BY day;

-- q125
WITH t AS (SELECT customer_id k, sum(amount) s FROM orders GROUP BY 1), u AS MATERIALIZED (SELECT
  avg(s) a FROM t) SELECT k, s - a d FROM t, u;

-- q126
WITH a AS (SELECT * FROM orders), b AS (SELECT * FROM a WHERE amount > 20), c AS (SELECT * FROM b
  WHERE day < 6) SELECT count(*) n FROM c UNION ALL SELECT count(*) FROM b;

-- q127
WITH t(k, n) AS (SELECT customer_id, count(*) FROM orders GROUP BY 1) SELECT a.k, b.k FROM t a
  JOIN t b ON a.n = b.n AND a.k < b.k;

-- q128
SELECT * FROM (SELECT id FROM orders EXCEPT SELECT order_id FROM items) JOIN (SELECT id,
  customer_id FROM orders) USING (id);

-- q129
SELECT rowid, _rowid_, oid FROM edges;

-- q130
SELECT e.rowid, e.src FROM edges e WHERE e.w IS NULL OR e.w > 3;

-- q131
SELECT o.* , c.* FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND c.tier = 1 WHERE
  c.id IS NULL OR o.amount > 10;

-- q132
SELECT id FROM orders WHERE (amount > 10) = (status = 'open');

-- q133
SELECT id FROM customers WHERE city > name;

-- q134
SELECT id FROM customers WHERE tier = '1' OR tier = 2.0;

-- q135
SELECT id FROM orders WHERE CAST(amount AS TEXT) LIKE '%5';

-- q136
SELECT count(*) FROM customers a, customers b, customers c WHERE a.tier = b.tier AND b.tier =
  c.tier;

-- q137
SELECT max(c) FROM (SELECT count(*) c FROM orders GROUP BY customer_id);

-- q138
SELECT avg(c) a FROM (SELECT count(*) c FROM items GROUP BY order_id UNION ALL SELECT count(*)
  FROM orders GROUP BY customer_id);

-- q139
SELECT CASE WHEN EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) THEN (SELECT
  sum(amount) FROM orders o WHERE o.customer_id = c.id) ELSE 0 END v, c.id FROM customers c;

-- q140
SELECT o.id, (SELECT p.category FROM products p JOIN items i ON i.product_id = p.id WHERE
  i.order_id = o.id ORDER BY p.price DESC, p.id LIMIT 1) top FROM orders o;

-- q141
SELECT c.id, o2.id FROM customers c JOIN orders o ON o.customer_id = c.id LEFT JOIN orders o2 ON
  o2.customer_id = c.id AND o2.amount > o.amount;

-- q142
SELECT id, unixepoch(day * 86400, 'unixepoch', '+1 day') u, date(day * 86400, 'unixepoch',
  'start of month') d FROM orders;

-- q143
SELECT group_concat(DISTINCT status) g, count(*) c FROM orders WHERE status = 'open';

-- q144
SELECT tier, count(*) FROM customers GROUP BY tier UNION SELECT day, count(*) FROM orders GROUP BY
  day;

-- q145
SELECT id, amount FROM orders WHERE amount > (SELECT min(w) * 5 FROM edges WHERE src = orders.day);

-- q146
SELECT status, amount, count(*) OVER (PARTITION BY status, amount) n FROM orders;

-- q147
SELECT * FROM (SELECT *, sum(qty) OVER (PARTITION BY product_id) t FROM items) WHERE t > 5 AND qty
  > 1;

-- q148
SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) a, row_number() OVER (ORDER BY id DESC)
  b FROM orders) WHERE a = b OR a = b + 1;

-- q149
SELECT src, dst FROM edges WHERE (src, dst) NOT IN (SELECT dst, src FROM edges WHERE src IS NOT
  NULL AND dst IS NOT NULL);

-- q150
SELECT src, count(*) FILTER (WHERE dst IN (SELECT src FROM edges)) c FROM edges GROUP BY src;

-- q151
SELECT p.category, count(DISTINCT o.customer_id) c, max(o.amount) m FROM products p LEFT JOIN
  items i ON i.product_id = p.id LEFT JOIN orders o ON o.id = i.order_id GROUP BY p.category;

-- q152
SELECT c.city, o.status, count(*) n, rank() OVER (PARTITION BY c.city ORDER BY count(*) DESC,
  o.status) r FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.city, o.status;

-- q153
SELECT 'x' k, NULL n, 1.0 f, x'00ff' b, id FROM customers;

-- q154
SELECT id, max(amount, day, 3) m, min(amount, day) n FROM orders;

-- q155
SELECT median(amount) FROM orders;

-- q156
SELECT percentile(amount, 50) p FROM orders;

-- q157
SELECT customer_id, total(amount) - sum(amount) z FROM orders GROUP BY customer_id;

-- q158
SELECT DISTINCT c.city FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.amount > 30;

-- q159
SELECT DISTINCT c.city, count(*) OVER () n FROM customers c;

-- q160
SELECT count(*) n FROM (SELECT DISTINCT customer_id, status FROM orders);

-- q161
SELECT day, count(*) c FROM orders GROUP BY day HAVING max(amount) > 50 AND min(amount) < 40 ORDER
  BY c DESC, day LIMIT 3;

-- q162
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.amount >
  (SELECT avg(amount) FROM orders x WHERE x.status IS o.status);

-- q163
SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND EXISTS (SELECT 1
  FROM items i WHERE i.order_id = o.id AND i.qty > c.tier);

-- q164
SELECT c.id, o.id FROM customers c FULL JOIN orders o ON o.customer_id = c.id AND o.day IN (SELECT
  w FROM edges WHERE src = c.tier);

-- q165
SELECT c.id, o.id FROM orders o RIGHT JOIN customers c ON o.customer_id = c.id AND o.id = (SELECT
  max(id) FROM orders y WHERE y.customer_id = c.id);

-- q166
SELECT id, amount FROM orders o ORDER BY (SELECT count(*) FROM items i WHERE i.order_id = o.id)
  DESC, id LIMIT 5;

-- q167
SELECT id FROM customers c ORDER BY (SELECT sum(amount) FROM orders o WHERE o.customer_id = c.id)
  DESC NULLS LAST, id LIMIT 4 OFFSET 1;

-- q168
SELECT (SELECT city FROM customers c WHERE c.id = o.customer_id) ct, count(*) n, sum(amount) s
  FROM orders o GROUP BY (SELECT city FROM customers c WHERE c.id = o.customer_id);

-- q169
SELECT (SELECT count(*) FROM items i WHERE i.order_id = o.id) k, max(o.amount) m FROM orders o
  GROUP BY k;

-- q170
SELECT o.id, row_number() OVER (PARTITION BY (SELECT city FROM customers c WHERE c.id =
  o.customer_id) ORDER BY o.id) r FROM orders o;

-- q171
SELECT o.id, rank() OVER (ORDER BY (SELECT count(*) FROM items i WHERE i.order_id = o.id) DESC) r
  FROM orders o;

-- q172
SELECT o.id, sum((SELECT count(*) FROM items i WHERE i.order_id = o.id)) OVER (PARTITION BY status
  ORDER BY id) s FROM orders o;

-- q173
SELECT s, max(r) m FROM (SELECT status s, sum(n) OVER (PARTITION BY status ORDER BY day) r FROM
  (SELECT status, day, count(*) n FROM orders GROUP BY status, day)) GROUP BY s;

-- q174
SELECT day, sum(x) OVER (ORDER BY day) y FROM (SELECT day, max(r) x FROM (SELECT day, row_number()
  OVER (PARTITION BY status ORDER BY amount, id) r FROM orders) GROUP BY day);

-- q175
SELECT id FROM customers WHERE city COLLATE NOCASE IN (SELECT city FROM customers WHERE tier = 1
  UNION SELECT status FROM orders);

-- q176
SELECT id FROM customers WHERE city IN (SELECT city COLLATE NOCASE FROM customers WHERE tier = 2
  UNION ALL SELECT name FROM customers WHERE tier = 3);

-- q177
SELECT id FROM customers WHERE tier IN (SELECT day FROM orders EXCEPT SELECT w FROM edges UNION
  SELECT qty FROM items WHERE product_id = 3);

-- q178
SELECT id, id IN (SELECT customer_id FROM orders UNION SELECT src FROM edges) i FROM customers;

-- q179
SELECT customer_id, a.n, b.m, c.k FROM (SELECT customer_id, count(*) n FROM orders GROUP BY 1) a
  FULL JOIN (SELECT id customer_id, tier m FROM customers) b USING (customer_id) FULL JOIN (SELECT
  src customer_id, sum(w) k FROM edges GROUP BY src) c USING (customer_id);

-- q180
SELECT id, customer_id FROM (SELECT id, customer_id FROM orders WHERE day < 5) a RIGHT JOIN
  (SELECT customer_id, amount FROM orders WHERE day > 3) b USING (customer_id) RIGHT JOIN (SELECT
  id customer_id FROM customers) c USING (customer_id);

-- q181
SELECT * FROM (SELECT tier k, id a FROM customers) x FULL JOIN (SELECT day k, id b FROM orders
  WHERE amount > 40) y USING (k) FULL JOIN (SELECT qty k, order_id c FROM items) z USING (k) LEFT
  JOIN (SELECT w k, src d FROM edges) USING (k);

-- q182
SELECT * FROM (SELECT id, city FROM customers) NATURAL FULL JOIN (SELECT id, status city FROM
  orders);

-- q183
SELECT * FROM (SELECT tier t, city FROM customers) NATURAL FULL JOIN (SELECT day t, status FROM
  orders) NATURAL LEFT JOIN (SELECT w t, dst FROM edges);

-- q184
SELECT c.id, j.value v FROM customers c LEFT JOIN json_each(CASE WHEN c.tier > 1 THEN
  json_array(c.id, c.tier) END) j;

-- q185
SELECT c.id, j.key, j.value v, j.type FROM customers c LEFT JOIN json_each(json_object('n',
  c.name, 't', c.tier)) j ON j.value IS NOT NULL;

-- q186
SELECT c.id, t.fullkey, t.atom FROM customers c, json_tree(json_object('a', json_array(c.tier,
  c.city), 'b', json_object('x', c.name))) t WHERE t.type <> 'object';

-- q187
SELECT t.type, count(*) n, sum(t.atom) s FROM orders o, json_tree(json_array(o.amount,
  json_array(o.status))) t GROUP BY t.type;

-- q188
SELECT o.id, j.value v, sum(j.value) OVER (PARTITION BY o.id ORDER BY j.key) s FROM orders o,
  json_each(json_array(o.amount, o.day, 1.5)) j;

-- q189
SELECT value v, count(*) n FROM customers, json_each('["Oslo","Rome",null,1]') WHERE value IS city
  GROUP BY value;

-- q190
SELECT c.id, (SELECT sum(j.value) FROM json_each(json_array(c.tier, c.id, 2)) j WHERE j.value > 1)
  s FROM customers c;

-- q191
SELECT c.id, (SELECT json_group_array(o.amount ORDER BY o.id) FROM orders o WHERE o.customer_id =
  c.id) a FROM customers c;

-- q192
SELECT a.v, b.id FROM (VALUES (1, 'x'), (2, 'y'), (NULL, 'z')) AS t JOIN (SELECT column1 v FROM
  (VALUES (1), (2), (3))) a ON a.v = t.column1 LEFT JOIN customers b ON b.tier = a.v;

-- q193
SELECT column1, column2, c.id FROM (VALUES (0, 'Oslo'), (1, 'Rome'), (2, NULL)) v LEFT JOIN
  customers c ON c.city IS v.column2 AND c.tier >= v.column1;

-- q194
SELECT id FROM customers WHERE (tier, city) IN (VALUES (1, 'Oslo'), (2, 'Rome'), (NULL, NULL));

-- q195
SELECT id, (tier, city) IN (VALUES (1, 'Oslo'), (2, NULL)) x FROM customers;

-- q196
WITH RECURSIVE r(n, d) AS (SELECT src, 0 FROM edges WHERE w > 2 UNION SELECT e.dst, d + 1 FROM r
  JOIN edges e ON e.src = n WHERE d < 4) SELECT r.n, count(o.id) c, sum(o.amount) s FROM r LEFT
  JOIN orders o ON o.customer_id = r.n GROUP BY r.n;

-- q197
WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT dst FROM edges, r WHERE src = n UNION SELECT src
  FROM edges, r WHERE dst = n) SELECT count(*) c, min(n) a, max(n) b FROM r;

-- q198
WITH RECURSIVE r(n) AS (SELECT min(src) FROM edges UNION ALL SELECT n + 1 FROM r WHERE n < 9 LIMIT
  5) SELECT r.n, c.name FROM r LEFT JOIN customers c ON c.id = r.n;

-- q199
WITH RECURSIVE r(a, b, p) AS (SELECT src, dst, '/' || src FROM edges WHERE src < 2 UNION SELECT
  r.a, e.dst, p || '/' || e.src FROM r JOIN edges e ON e.src = r.b) SELECT a, max(length(p)) l,
  count(*) n FROM r GROUP BY a HAVING n > 1;

-- q200
WITH RECURSIVE up(n) AS (SELECT 0 UNION SELECT dst FROM edges JOIN up ON src = n), down(n) AS
  (SELECT max(dst) FROM edges UNION SELECT src FROM edges JOIN down ON dst = n) SELECT n FROM up
  INTERSECT SELECT n FROM down;

-- q201
WITH RECURSIVE r(n) AS (SELECT src FROM edges UNION SELECT dst FROM edges JOIN r ON src = n)
  SELECT c.id, c.id IN r x FROM customers c;

-- q202
WITH RECURSIVE r(n) AS (SELECT 0 UNION SELECT dst FROM edges JOIN r ON src = n) SELECT n, rank()
  OVER (ORDER BY n DESC) k FROM r;

-- q203
WITH RECURSIVE r(n) AS (SELECT src FROM edges UNION SELECT dst FROM edges JOIN r ON src = n WHERE
  dst NOT IN (SELECT tier FROM customers WHERE tier IS NOT NULL)) SELECT n FROM r;

-- q204
WITH RECURSIVE c(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM c WHERE i < 9) SELECT i, (SELECT
  count(*) FROM orders o WHERE o.day = c.i) n, (SELECT sum(amount) FROM orders o WHERE o.day <=
  c.i) s FROM c;

-- q205
SELECT id, (WITH RECURSIVE f(n) AS (SELECT c.tier UNION ALL SELECT n - 1 FROM f WHERE n > 0)
  SELECT group_concat(n) FROM f) g FROM customers c;

-- q206
SELECT amount FROM orders ORDER BY amount LIMIT 3 OFFSET (SELECT count(*) FROM customers) / 4;

-- q207
SELECT amount, status FROM orders ORDER BY amount DESC NULLS LAST, status LIMIT (SELECT max(tier)
  FROM customers);

-- q208
SELECT id FROM orders ORDER BY id LIMIT -1 OFFSET 10;

-- q209
SELECT id FROM orders ORDER BY id DESC LIMIT max(2, 3) + 1;

-- q210
SELECT amount FROM orders ORDER BY amount LIMIT 0;

-- q211
SELECT city, n FROM (SELECT city, count(*) n FROM customers GROUP BY city ORDER BY n DESC, city
  LIMIT 2) UNION ALL SELECT * FROM (SELECT status, count(*) n FROM orders GROUP BY status ORDER BY
  2, 1 LIMIT 2);

-- q212
SELECT amount x FROM orders UNION SELECT w FROM edges ORDER BY x DESC LIMIT 6 OFFSET 1;

-- q213
SELECT status x FROM orders UNION ALL SELECT city FROM customers ORDER BY x COLLATE NOCASE DESC, x
  LIMIT 9;

-- q214
SELECT customer_id, group_concat(DISTINCT day ORDER BY day DESC) g FROM orders GROUP BY
  customer_id;

-- q215
SELECT status, group_concat(DISTINCT amount ORDER BY amount) g FROM orders WHERE amount IS NOT
  NULL GROUP BY status;

-- q216
SELECT tier, group_concat(name, city ORDER BY name, id) g FROM customers GROUP BY tier;

-- q217
SELECT city, json_group_object(name, tier ORDER BY id) g FROM customers GROUP BY city;

-- q218
SELECT DISTINCT x FROM (SELECT day x FROM orders UNION ALL SELECT day * 1.0 FROM orders UNION ALL
  SELECT CAST(day AS TEXT) FROM orders UNION ALL SELECT CAST(day AS BLOB) FROM orders) WHERE
  typeof(x) <> 'real';

-- q219
SELECT x, typeof(x) t, count(*) n FROM (SELECT day x FROM orders UNION ALL SELECT CAST(day AS
  TEXT) FROM orders) GROUP BY x;

-- q220
SELECT count(DISTINCT x) n FROM (SELECT day x FROM orders UNION ALL SELECT day * 1.0 FROM orders
  UNION ALL SELECT CAST(day AS TEXT) FROM orders);

-- q221
SELECT id FROM orders WHERE (customer_id, amount) > (3, 20);

-- q222
SELECT id FROM orders WHERE (day, id) BETWEEN (3, 5) AND (6, 12);

-- q223
SELECT id, (amount, day) = (SELECT max(amount), day FROM orders p WHERE p.day = o.day) e FROM
  orders o;

-- q224
SELECT id, (amount, day) IS NOT (NULL, 3) e, (amount, day) < (day, amount) f FROM orders;

-- q225
SELECT id FROM orders WHERE (customer_id, day) NOT IN (SELECT src, dst FROM edges);

-- q226
SELECT id FROM orders WHERE (customer_id, amount) NOT IN (SELECT tier, tier FROM customers);

-- q227
SELECT id FROM orders WHERE NOT (amount, day) IN (SELECT w, w FROM edges WHERE w IS NOT NULL);

-- q228
SELECT id, customer_id NOT IN (SELECT tier FROM customers) a, amount NOT IN (1, 2, NULL) b, day
  NOT IN () c FROM orders;

-- q229
SELECT id, date('2020-02-28', '+' || day || ' days') d, strftime('%w %j %W', day * 86400 * 40,
  'unixepoch') w, julianday('2000-01-01', day || ' months') j FROM orders;

-- q230
SELECT strftime('%Y-%W', amount * 86400 * 7, 'unixepoch') k, count(*) n, min(datetime(amount,
  'auto')) m FROM orders GROUP BY k;

-- q231
SELECT id, timediff(date(amount * 864000, 'unixepoch'), '1970-01-10') t FROM orders;

-- q232
SELECT CASE WHEN amount > 50 THEN amount WHEN amount > 20 THEN amount * 1.0 WHEN amount > 0 THEN
  amount || '' ELSE x'31' END x, count(*) n FROM orders GROUP BY 1;

-- q233
SELECT id FROM customers WHERE CASE tier WHEN '1' THEN 'one' WHEN 2.0 THEN 'two' ELSE city END =
  'one';

-- q234
SELECT id, CASE WHEN tier IN (SELECT day FROM orders WHERE status = 'open') THEN 1 WHEN EXISTS
  (SELECT 1 FROM edges WHERE src = tier) THEN 2 END x FROM customers;

-- q235
SELECT CAST(amount AS TEXT) a, CAST(amount AS BLOB) b, CAST(amount / 3.0 AS INT) c, CAST(status AS
  REAL) d, CAST(amount || 'x' AS NUMERIC) e FROM orders;

-- q236
SELECT CAST(price AS INT) p, count(*) n FROM products GROUP BY CAST(price AS INT);

-- q237
SELECT o.id, p.id FROM orders o JOIN products p ON CAST(p.price AS INT) = o.amount;

-- q238
SELECT o.id, c.id FROM orders o JOIN customers c ON c.tier || '' = o.day;

-- q239
SELECT o.id, p.id FROM orders o JOIN products p ON o.day + 0.0 = p.price;

-- q240
SELECT id, sum(amount) FILTER (WHERE status = 'open') OVER (PARTITION BY customer_id ORDER BY day,
  id) s, group_concat(id) FILTER (WHERE amount > 30) OVER (ORDER BY id ROWS 3 PRECEDING) g FROM
  orders;

-- q241
SELECT id, count(*) OVER (ORDER BY day GROUPS BETWEEN CURRENT ROW AND 2 FOLLOWING EXCLUDE TIES) c,
  sum(amount) OVER (ORDER BY day GROUPS 1 PRECEDING EXCLUDE GROUP) s FROM orders;

-- q242
SELECT id, sum(amount) OVER (ORDER BY amount DESC NULLS LAST RANGE BETWEEN 7.5 PRECEDING AND 2.25
  FOLLOWING) s FROM orders;

-- q243
SELECT id, count(*) OVER (ORDER BY amount NULLS LAST RANGE BETWEEN 5 PRECEDING AND 5 FOLLOWING
  EXCLUDE TIES) c, count(*) OVER (ORDER BY amount DESC NULLS FIRST RANGE BETWEEN UNBOUNDED
  PRECEDING AND 10 PRECEDING) d FROM orders;

-- q244
SELECT id, max(price) OVER (ORDER BY price RANGE BETWEEN 10.5 PRECEDING AND 0.5 PRECEDING) m,
  count(*) OVER (ORDER BY price RANGE 2.5 PRECEDING EXCLUDE CURRENT ROW) c FROM products;

-- q245
SELECT id, lag(amount, day, day * 10) OVER (ORDER BY id) a, lead(amount, 1 + day % 3, status ||
  '?') OVER (PARTITION BY status ORDER BY id) b FROM orders;

-- q246
SELECT id, lead(id, 0) OVER w a, lag(id, 1, (SELECT count(*) FROM customers)) OVER w b FROM orders
  WINDOW w AS (PARTITION BY customer_id ORDER BY amount, id);

-- q247
SELECT id, nth_value(id, 3) OVER (ORDER BY amount, id ROWS BETWEEN UNBOUNDED PRECEDING AND
  UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) n, first_value(amount) OVER (PARTITION BY day ORDER BY
  id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) f FROM orders;

-- q248
SELECT id, ntile(3) OVER (PARTITION BY status ORDER BY day, id) a, percent_rank() OVER (PARTITION
  BY status ORDER BY day) b, cume_dist() OVER (PARTITION BY city IS NULL ORDER BY city) c FROM
  (SELECT o.*, c.city FROM orders o LEFT JOIN customers c ON c.id = o.customer_id);

-- q249
SELECT id, nth_value(status, day + 1) OVER (ORDER BY id) x FROM orders;

-- q250
SELECT status, row_number() OVER (ORDER BY count(*) DESC, status) r, sum(max(amount)) OVER (ORDER
  BY status) s, lag(count(*)) OVER (ORDER BY status) l FROM orders GROUP BY status HAVING count(*)
  > 1;

-- q251
SELECT status, min(amount) m, max(amount) x, count(*) n FROM orders GROUP BY status HAVING
  max(amount) - min(amount) > 20 AND count(DISTINCT day) > 2;

-- q252
SELECT day, max(id) m, amount, status FROM orders GROUP BY day;

-- q253
SELECT customer_id, min(id), amount, day FROM orders GROUP BY customer_id HAVING amount > 10;

-- q254
SELECT max(id), status, amount, (SELECT city FROM customers c WHERE c.id = customer_id) ct FROM
  orders;

-- q255
SELECT min(id) FILTER (WHERE amount > 20) m, max(id) FILTER (WHERE status = 'paid') x FROM orders;

-- q256
SELECT count(*) n FROM orders HAVING count(*) > 25;

-- q257
SELECT sum(amount) s FROM orders HAVING max(id) > 30;

-- q258
SELECT 'few' x WHERE (SELECT count(*) FROM orders) < 30 UNION ALL SELECT 'many' WHERE (SELECT
  count(*) FROM orders) >= 30;

-- q259
SELECT count(*), sum(amount), total(amount), avg(amount), min(status), group_concat(status),
  json_group_array(id) FROM orders WHERE id < 0;

-- q260
SELECT count(*) n, max(id) m FROM orders WHERE day = 3 GROUP BY 1 + 1;

-- q261
SELECT city, sum(CASE WHEN EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status
  = 'paid') THEN 1 ELSE 0 END) n FROM customers c GROUP BY city;

-- q262
SELECT city, count(CASE WHEN (SELECT max(amount) FROM orders o WHERE o.customer_id = c.id) > 40
  THEN 1 END) n, max((SELECT count(*) FROM edges WHERE src = c.tier)) m FROM customers c GROUP BY
  city;

-- q263
SELECT sum((SELECT count(*) FROM items i WHERE i.order_id = o.id) * amount) s FROM orders o;

-- q264
SELECT status, sum(amount) FILTER (WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id)) s
  FROM orders o GROUP BY status;

-- q265
WITH a AS (WITH customers AS (SELECT id, city || '!' city FROM main.customers) SELECT * FROM
  customers) SELECT a.city, c.city x FROM a JOIN customers c USING (id);

-- q266
WITH t AS (SELECT customer_id k, sum(amount) s FROM orders GROUP BY 1) SELECT a.k, a.s, (SELECT
  max(s) FROM t) m, (SELECT count(*) FROM t b WHERE b.s > a.s) r FROM t a;

-- q267
WITH t AS NOT MATERIALIZED (SELECT day, count(*) n FROM orders GROUP BY day) SELECT a.day, b.day,
  c.day FROM t a JOIN t b ON a.n = b.n AND a.day < b.day LEFT JOIN t c ON c.n = b.n + 1;

-- q268
WITH t(x) AS (SELECT tier FROM customers UNION SELECT day FROM orders), u AS (SELECT x FROM t
  EXCEPT SELECT w FROM edges), t2 AS (SELECT count(*) n FROM u) SELECT x, n FROM u, t2;

-- q269
SELECT c1.id FROM customers c1 JOIN customers c2 ON c2.id = c1.id JOIN customers c3 ON c3.id =
  c2.id JOIN customers c4 ON c4.id = c3.id JOIN customers c5 ON c5.id = c4.id JOIN customers c6 ON
  c6.id = c5.id JOIN orders o1 ON o1.customer_id = c6.id JOIN orders o2 ON o2.id = o1.id JOIN
  orders o3 ON o3.id = o2.id JOIN items i1 ON i1.order_id = o3.id JOIN products p1 ON p1.id =
  i1.product_id JOIN products p2 ON p2.id = p1.id;

-- q270
SELECT c.id, o.id, i.qty, p.price, e.w FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
  LEFT JOIN items i ON i.order_id = o.id LEFT JOIN products p ON p.id = i.product_id LEFT JOIN
  edges e ON e.src = i.qty AND e.dst > c.tier;

-- q271
SELECT id FROM customers WHERE city COLLATE NOCASE = 'OSLO' AND name COLLATE RTRIM >= 'name3   ';

-- q272
SELECT city COLLATE NOCASE c, count(*) n, count(DISTINCT city) d, count(DISTINCT city COLLATE
  NOCASE) e FROM customers GROUP BY city COLLATE NOCASE HAVING n > 0;

-- q273
SELECT a.id, b.id FROM customers a LEFT JOIN customers b ON a.city = b.city COLLATE NOCASE AND
  a.id < b.id;

-- q274
SELECT max(city COLLATE NOCASE) m, min(name) n FROM customers WHERE city <> 'oslo' COLLATE NOCASE;

-- q275
SELECT id, rank() OVER (PARTITION BY city COLLATE NOCASE ORDER BY name COLLATE NOCASE) r,
  dense_rank() OVER (ORDER BY city COLLATE NOCASE DESC) d FROM customers;

-- q276
SELECT lower(city) l FROM customers INTERSECT SELECT city COLLATE NOCASE FROM customers;

-- q277
SELECT id, name FROM customers a WHERE EXISTS (SELECT 1 FROM customers b WHERE a.name LIKE '%' ||
  b.tier || '%');

-- q278
SELECT o.id, c.id FROM orders o LEFT JOIN customers c ON c.name GLOB '*' || o.day AND o.status
  LIKE substr(o.status, 1, 1) || '%' ESCAPE '!';

-- q279
SELECT hex(amount) h, x'00' || status b, CAST(x'4142' AS TEXT) t, zeroblob(day) z,
  quote(CAST(status AS BLOB)) q FROM orders;

-- q280
SELECT b, count(*) n FROM (SELECT CAST(status AS BLOB) b FROM orders UNION ALL SELECT status FROM
  orders) GROUP BY b;

-- q281
SELECT id, -0.0 * amount z, 0.0 * -amount y, 9e999 - 9e999 n, 9e999 * amount i, amount / 0 d,
  amount % 0 m FROM orders;

-- q282
SELECT x, count(*) n FROM (SELECT CASE WHEN amount % 2 THEN -0.0 ELSE 0.0 END x FROM orders) GROUP
  BY x;

-- q283
SELECT sum(x) s, avg(x) a, total(x) t, min(x) m FROM (SELECT CASE WHEN amount > 85 THEN 9e999 WHEN
  amount < -5 THEN -9e999 ELSE amount END x FROM orders);

-- q284
SELECT id, 9223372036854775807 + (amount > 0) a, -9223372036854775808 - amount b,
  9223372036854775807 * amount c, CAST(9223372036854775807 AS REAL) = 9223372036854775807 d FROM
  orders;

-- q285
SELECT total(status) t, total(amount) u FROM orders WHERE day > 2;

-- q286
SELECT status, avg(x) a, total(x) t, sum(x) s FROM (SELECT status, CASE day % 4 WHEN 0 THEN amount
  WHEN 1 THEN amount || 'abc' WHEN 2 THEN amount / 4.0 ELSE NULL END x FROM orders) GROUP BY
  status;

-- q287
SELECT sum(x) FROM (SELECT 4611686018427387904 x FROM customers WHERE id = 1 UNION ALL SELECT
  amount FROM orders);

-- q288
SELECT max(x) m, min(x) n FROM (SELECT amount x FROM orders UNION ALL SELECT status FROM orders
  UNION ALL SELECT CAST(name AS BLOB) FROM customers);

-- q289
SELECT x FROM (SELECT amount x FROM orders UNION ALL SELECT status FROM orders UNION ALL SELECT
  CAST(city AS BLOB) FROM customers) ORDER BY x DESC LIMIT 6;

-- q290
SELECT e.src, (SELECT group_concat(d) FROM (SELECT DISTINCT dst d FROM edges f WHERE f.src = e.src
  ORDER BY d)) g FROM edges e GROUP BY e.src;

-- q291
SELECT src, count(*) n, (SELECT count(*) FROM edges f WHERE f.dst = e.src) b FROM edges e GROUP BY
  src HAVING b > 0 OR n > 2;

-- q292
SELECT DISTINCT (SELECT city FROM customers c WHERE c.id = o.customer_id) x, status FROM orders o;

-- q293
SELECT DISTINCT count(*) n FROM orders GROUP BY customer_id, day;

-- q294
SELECT DISTINCT status, rank() OVER (PARTITION BY status ORDER BY day) r FROM orders;

-- q295
SELECT c.id, x.m FROM customers c LEFT JOIN (SELECT customer_id, max(amount) m FROM orders GROUP
  BY customer_id HAVING count(*) > 1) x ON x.customer_id = c.id;

-- q296
SELECT x.customer_id, x.r FROM (SELECT customer_id, rank() OVER (ORDER BY sum(amount) DESC) r FROM
  orders GROUP BY customer_id) x JOIN customers c ON c.id = x.customer_id WHERE x.r < 4;

-- q297
SELECT c.id, x.id FROM customers c LEFT JOIN (SELECT * FROM orders ORDER BY amount DESC, id LIMIT
  6) x ON x.customer_id = c.id;

-- q298
SELECT c.id FROM customers c WHERE c.tier = (SELECT count(*) FROM orders o WHERE o.customer_id =
  c.id AND o.amount > (SELECT avg(p.amount) FROM orders p WHERE p.customer_id = c.id));

-- q299
SELECT c.id, (SELECT (SELECT count(*) FROM items i WHERE i.order_id = o.id AND i.qty > c.tier)
  FROM orders o WHERE o.customer_id = c.id ORDER BY o.id LIMIT 1) n FROM customers c;

-- q300
SELECT o.id, (SELECT count(*) FROM (SELECT DISTINCT qty FROM items i WHERE i.order_id = o.id UNION
  SELECT tier FROM customers c WHERE c.id = o.customer_id)) n FROM orders o;

-- q301
SELECT o.id, (SELECT max(r) FROM (SELECT row_number() OVER (ORDER BY qty) r FROM items i WHERE
  i.order_id = o.id)) n FROM orders o;

-- q302
SELECT p.id, p.category, (SELECT sum(i.qty) FROM items i JOIN orders o ON o.id = i.order_id WHERE
  i.product_id = p.id AND o.status IS NOT 'paid') q FROM products p WHERE p.price > (SELECT
  avg(price) FROM products q WHERE q.category IS p.category);

-- q303
SELECT a.city, b.city, count(*) n FROM customers a JOIN customers b ON a.tier <= b.tier AND a.id
  <> b.id GROUP BY 1, 2 HAVING n > 1;

-- q304
SELECT * FROM (SELECT 1 a UNION ALL SELECT 2) x LEFT JOIN (SELECT tier a, count(*) n FROM
  customers GROUP BY tier) y USING (a) WHERE n IS NULL OR n > 2;

-- q305
SELECT c.id, c.tier IS (SELECT max(tier) FROM customers) a, c.tier IS DISTINCT FROM o.day b FROM
  customers c LEFT JOIN orders o ON o.id = c.id;

-- q306
SELECT id FROM orders WHERE amount IS NOT TRUE AND (status = 'open') IS NOT FALSE;

-- q307
SELECT coalesce(a.id, b.id) k, a.status s, b.status t FROM (SELECT * FROM orders WHERE day % 2 =
  0) a FULL JOIN (SELECT * FROM orders WHERE day % 3 = 0) b ON a.id = b.id WHERE a.id IS NULL OR
  b.id IS NULL;

-- q308
SELECT b.customer_id, t.total, rank() OVER (PARTITION BY b.customer_id ORDER BY t.total DESC) r
  FROM big_orders b LEFT JOIN order_totals t ON t.order_id = b.id;

-- q309
SELECT status, (SELECT sum(total) FROM order_totals t JOIN orders o2 ON o2.id = t.order_id WHERE
  o2.status IS o.status) s FROM orders o GROUP BY status;

-- q310
SELECT format('%.2f|%5d|%-6s|%q', price, id, category, category) f, unicode(category) u,
  instr(category, 'a') i, replace(category, 'a', price) r FROM products;

-- q311
SELECT id, sign(amount) s, sqrt(abs(amount)) q, pow(amount, 2) p, mod(amount, 7) m, trunc(amount /
  3.0) t, ceil(price) c FROM orders LEFT JOIN products USING (id);

-- q312
SELECT octet_length(name) o, likelihood(tier > 1, 0.5) l, unlikely(id) u, typeof(tier) t,
  concat(name, tier, NULL) c, concat_ws('-', name, city, tier) w FROM customers;

-- q313
SELECT id FROM orders INDEXED BY orders_customer WHERE customer_id > 3 EXCEPT SELECT id FROM
  orders NOT INDEXED WHERE amount > 50;

-- q314
SELECT id, amount FROM orders WHERE +amount > 10 AND id NOT IN (SELECT id FROM big_orders) AND
  customer_id IS NOT NULL ORDER BY status, id DESC LIMIT 8;

-- q315
SELECT count(*) FILTER (WHERE a.id IS NULL) l, count(*) FILTER (WHERE b.src IS NULL) r, count(*) n
  FROM customers a FULL JOIN edges b ON a.id = b.dst AND b.w > 1;

-- q316
SELECT sum(sum(amount)) OVER (ORDER BY day GROUPS 1 PRECEDING) g, day, min(count(*)) OVER (ORDER
  BY day ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) m FROM orders GROUP BY day;

-- q317
SELECT * FROM (SELECT id, status, amount FROM orders WHERE status = 'open' ORDER BY amount DESC,
  id LIMIT 3) UNION ALL SELECT * FROM (SELECT id, status, amount FROM orders WHERE status = 'paid'
  ORDER BY amount DESC, id LIMIT 3);

-- q318
SELECT json_object('c', c.id, 'o', (SELECT json_group_array(json_object('id', o.id, 'n', (SELECT
  count(*) FROM items i WHERE i.order_id = o.id)) ORDER BY o.id) FROM orders o WHERE o.customer_id
  = c.id)) doc FROM customers c;

-- q319
SELECT jsonb(json_array(id, tier)) b, json_type(json_array(tier), '$[0]') t, json_array(tier,
  city) -> 1 e, json_set('{"a":1}', '$.b', name) s FROM customers;

-- q320
SELECT o.day d, c.city, count(*) n FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
  GROUP BY o.day, c.city COLLATE NOCASE HAVING count(*) FILTER (WHERE o.amount > 0) > 1;

-- q321
SELECT id FROM orders WHERE id IN (SELECT i.order_id FROM items i GROUP BY i.order_id HAVING
  sum(i.qty) > (SELECT avg(s) FROM (SELECT sum(qty) s FROM items GROUP BY order_id)));

-- q322
SELECT count(*) n FROM orders o WHERE (SELECT count(*) FROM orders p WHERE p.amount > o.amount) <
  3;

-- q323
SELECT o.status, o.id, o.amount FROM orders o WHERE (SELECT count(*) FROM orders p WHERE p.status
  IS o.status AND (p.amount, p.id) > (o.amount, o.id)) < 2;

-- q324
SELECT a.src, c.dst, count(*) n, min(a.w + b.w + c.w) w FROM edges a, edges b, edges c WHERE a.dst
  = b.src AND b.dst = c.src GROUP BY a.src, c.dst;

-- q325
SELECT src, dst, w, sum(w) OVER (PARTITION BY src ORDER BY dst, w ROWS UNBOUNDED PRECEDING EXCLUDE
  NO OTHERS) s, last_value(w) OVER (PARTITION BY src ORDER BY dst) l FROM edges;

-- q326
SELECT median(amount) m, percentile_cont(amount, 0.25) c, percentile_disc(amount, 0.75) d, status
  FROM orders GROUP BY status;

-- q327
SELECT customer_id, median(amount) OVER (PARTITION BY customer_id) m FROM orders;

-- q328
SELECT DISTINCT typeof(amount) t, amount IS NULL n FROM orders UNION SELECT typeof(price), price
  IS NULL FROM products;

-- q329
SELECT * FROM customers WHERE rowid = (SELECT min(rowid) FROM customers) UNION SELECT * FROM
  customers WHERE rowid = (SELECT max(rowid) FROM customers);

-- q330
SELECT x.a, (SELECT count(*) FROM orders WHERE amount > x.a) n FROM (SELECT avg(amount) a FROM
  orders UNION SELECT min(amount) FROM orders) x;

-- q331
SELECT o.id, o.amount * 100.0 / t.s p FROM orders o JOIN (SELECT status, sum(amount) s FROM orders
  GROUP BY status) t ON t.status IS o.status;

-- q332
SELECT group_concat(c, '') x FROM (SELECT substr('abc', 1 + count(*) % 3, 1) c FROM orders GROUP
  BY day ORDER BY day);

-- q333
SELECT iif(a.n > b.n, 'orders', iif(a.n < b.n, 'items', 'same')) r FROM (SELECT count(*) n FROM
  orders) a CROSS JOIN (SELECT count(*) n FROM items) b;

-- q334
SELECT t.k, sum(t.v) s FROM (SELECT city k, tier v FROM customers UNION ALL SELECT status, amount
  FROM orders UNION ALL SELECT category, price FROM products) t GROUP BY t.k;

-- q335
SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id GROUP BY o.id HAVING
  max(c.tier) IS NULL;

-- q336
SELECT row_number() OVER (ORDER BY amount NULLS LAST, id) - row_number() OVER (PARTITION BY status
  ORDER BY amount NULLS LAST, id) island, id FROM orders;

-- q337
SELECT status, min(id) a, max(id) b, count(*) n FROM (SELECT id, status, row_number() OVER (ORDER
  BY id) - row_number() OVER (PARTITION BY status ORDER BY id) g FROM orders) GROUP BY status, g;

-- q338
SELECT id, amount, sum(f) OVER (ORDER BY id) session FROM (SELECT id, amount, id - lag(id, 1, -9)
  OVER (ORDER BY id) > 1 f FROM orders);

-- q339
VALUES (1, 'a'), (2, NULL);
