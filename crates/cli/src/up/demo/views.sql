-- What is read from the tables, and the estimates that a scan shows.

create view report.order_totals as
select o.id, o.placed_at, o.status, c.email, sum(l.total) as total, count(*) as line_count
from shop.orders as o
join shop.customers as c on c.id = o.customer_id
join shop.order_lines as l on l.order_id = o.id
group by o.id, o.placed_at, o.status, c.email;
comment on view report.order_totals is 'Orders with what they cost';
comment on column report.order_totals.total is 'In euros, with tax';

create view report.low_stock as
select w.code as warehouse, p.sku, p.name, s.pieces, s.reorder_below
from shop.stock as s
join shop.warehouses as w on w.id = s.warehouse_id
join shop.products as p on p.id = s.product_id
where s.pieces < s.reorder_below and p.discontinued_at is null;
comment on view report.low_stock is 'What to order from suppliers';

create materialized view report.daily_sales as
select date_trunc('day', placed_at) as day, count(*) as orders, sum(total) as total
from report.order_totals
where status <> 'cancelled'
group by 1;
comment on materialized view report.daily_sales is 'Orders and takings by day, as of the last refresh';
create unique index daily_sales_by_day on report.daily_sales (day);

analyze;
