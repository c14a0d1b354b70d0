import { CostModel, MultiExchange, Portfolio } from 'nb-backtest/compat';

// The names and arguments of nanobook. Prices are cents.
const books = new MultiExchange();
books.submit_limit('AAPL', 'buy', 149_00, 500);
books.submit_limit('AAPL', 'sell', 151_00, 500, 'gtc');
books.get_or_create('AAPL').submit_limit('sell', 152_00, 500); // the exchange itself, not a copy

const portfolio = new Portfolio(100_000_00, CostModel(10, 0, 1_00), 1_000_000);
portfolio.rebalance_lob([['AAPL', 0.6]], books);
console.log(portfolio.position('AAPL')?.quantity, 'shares,', portfolio.cash, 'cents left');

portfolio.record_return([['AAPL', 155_00]]);
console.log(portfolio.snapshot([['AAPL', 155_00]]));
console.log(portfolio.compute_metrics(252, 0)?.total_return);

// Every object has the one with this package's own names behind it.
const report = portfolio.core.rebalanceLob({ AAPL: 0.3 }, books.core, { maxSlippageBps: 200 });
console.log(report.orders[0]?.averagePrice);
