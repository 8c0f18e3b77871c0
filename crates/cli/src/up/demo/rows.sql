-- Invented rows, the same each time: what varies is worked out from the row's number.

insert into shop.categories (id, parent_id, name) values
    (1, null, 'Home'), (2, null, 'Garden'), (3, null, 'Books'),
    (4, 1, 'Kitchen'), (5, 1, 'Lamps'), (6, 2, 'Tools'), (7, 2, 'Seeds'), (8, 3, 'Maps');

insert into shop.suppliers (id, name, lead_time_days) values
    (1, 'North Mill', 7), (2, 'Harbour Supply', 14), (3, 'Green Yard', 3), (4, 'Old Press', 21);

insert into shop.warehouses (id, code, city) values (1, 'LEJ', 'Leipzig'), (2, 'RTM', 'Rotterdam'), (3, 'LYS', 'Lyon');

insert into shop.customers (email, full_name, country_code, newsletter, created_at)
select format('%s.%s@example.com', lower(first_name), n), format('%s %s', first_name, last_name),
    (array['DE', 'NL', 'FR', 'AT', 'BE'])[1 + n * 7 % 5], n % 3 = 0, timestamptz '2024-06-01Z' + n * interval '53 hours'
from generate_series(1, 120) as n,
    lateral (select (array['Ada', 'Ben', 'Clara', 'David', 'Elif', 'Finn', 'Greta', 'Hugo'])[1 + n % 8] as first_name,
        (array['Abel', 'Brandt', 'Claes', 'Dubois', 'Ernst', 'Faber', 'Gruber'])[1 + n % 7] as last_name) as names;

insert into shop.addresses (customer_id, label, street, postcode, city)
select id, label, format('%s %s', (array['Mill Lane', 'Harbour Road', 'Church Square'])[1 + id % 3], 1 + id * 13 % 90),
    lpad((id * 7919 % 100000)::text, 5, '0'), (array['Leipzig', 'Utrecht', 'Lyon', 'Graz', 'Ghent'])[1 + id % 5]
from shop.customers, unnest(array['home', 'work']) as label
where label = 'home' or id % 4 = 0
order by id, label;

insert into shop.products (id, sku, name, category_id, supplier_id, price, weight_grams, attributes, discontinued_at)
select n, format('P-%s', lpad(n::text, 4, '0')),
    format('%s %s', (array['Oak', 'Steel', 'Linen', 'Clay', 'Brass'])[1 + n % 5],
        (array['bowl', 'lamp', 'spade', 'seed box', 'atlas', 'kettle', 'stool', 'vase'])[1 + n % 8]),
    4 + n % 5, 1 + n % 4, 4.90 + n * 37 % 200, nullif(n * 113 % 2500, 0),
    jsonb_build_object('colour', (array['red', 'green', 'blue'])[1 + n % 3], 'size', n % 4),
    case when n % 20 = 0 then timestamptz '2026-01-01Z' end
from generate_series(1, 60) as n;

insert into shop.stock (warehouse_id, product_id, pieces, counted_at)
select w.id, p.id, (w.id * 31 + p.id * 17) % 90, timestamptz '2025-12-31 18:00Z'
from shop.warehouses as w cross join shop.products as p;

insert into shop.orders (id, placed_at, customer_id, address_id, status, note)
select n, timestamptz '2025-01-02 08:00Z' + n * interval '21 hours', c.id, a.id,
    (array['delivered', 'shipped', 'paid', 'placed', 'cancelled'])
        [case when n % 17 = 0 then 5 when n < 340 then 1 when n < 370 then 2 when n < 390 then 3 else 4 end]::shop.order_status,
    case when n % 11 = 0 then 'please ring twice' end
from generate_series(1, 400) as n
join shop.customers as c on c.id = 1 + n * 29 % 120
join shop.addresses as a on a.customer_id = c.id and a.label = 'home';

insert into shop.order_lines (order_id, order_placed_at, line_number, product_id, pieces, unit_price)
select o.id, o.placed_at, line, p.id, 1 + (o.id + line) % 3, p.price
from shop.orders as o
cross join generate_series(1, 3) as line
join shop.products as p on p.id = 1 + (o.id * 7 + line * 19) % 60
where line <= 1 + o.id % 3;

insert into shop.payments (order_id, order_placed_at, method, amount, paid_at)
select o.id, o.placed_at, (array['card', 'transfer', 'invoice'])[1 + o.id % 3], sum(l.total),
    o.placed_at + interval '1 day'
from shop.orders as o join shop.order_lines as l on l.order_id = o.id
where o.status in ('paid', 'shipped', 'delivered')
group by o.id, o.placed_at
order by o.id;

insert into shop.reviews (product_id, customer_id, stars, body, written_at)
select distinct on (l.product_id, o.customer_id) l.product_id, o.customer_id, 1 + (o.id * 3 + l.product_id) % 5,
    case when o.id % 2 = 0 then 'as described' end, o.placed_at + interval '12 days'
from shop.orders as o join shop.order_lines as l on l.order_id = o.id
where o.status = 'delivered' and o.id % 3 = 0
order by l.product_id, o.customer_id, o.placed_at;

insert into raw.sync_orders (row_number, order_number, payload, loaded_at)
select o.id, format('R-%s', lpad(o.id::text, 6, '0')),
    jsonb_build_object('email', c.email, 'country', c.country_code, 'status', o.status,
        'total', sum(l.total), 'placed', o.placed_at),
    date_trunc('day', o.placed_at) + interval '27 hours'
from shop.orders as o
join shop.customers as c on c.id = o.customer_id
join shop.order_lines as l on l.order_id = o.id
group by o.id, o.placed_at, o.status, c.email, c.country_code
order by o.id;

-- The last run was a while ago: what the tool has loaded since then waits.
insert into report.all_biz_orders (order_number, customer_email, country_code, status, total, placed_at, processed_at)
select order_number, payload ->> 'email', payload ->> 'country', payload ->> 'status', (payload ->> 'total')::numeric,
    (payload ->> 'placed')::timestamptz, timestamptz '2025-12-01 04:00Z'
from raw.sync_orders
where loaded_at < timestamptz '2025-12-01 04:00Z';
