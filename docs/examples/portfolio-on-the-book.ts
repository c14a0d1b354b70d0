import { MultiExchange, Portfolio } from 'nb-backtest';
import { loadPortfolio, savePortfolio } from 'nb-backtest/node';

// Two books. Prices are cents, quantities whole shares.
const multi = new MultiExchange();
multi.submitLimit('AAPL', 'buy', 99_00, 500);
multi.submitLimit('AAPL', 'sell', 101_00, 300);
multi.submitLimit('AAPL', 'sell', 102_00, 500);
multi.submitLimit('MSFT', 'buy', 49_00, 1000);
multi.submitLimit('MSFT', 'sell', 50_00, 1000);

const portfolio = new Portfolio(100_000_00, { commissionBps: 10 }, { quantityStep: 1 });
const report = portfolio.rebalanceLob({ AAPL: 0.6, MSFT: 0.4 }, multi, { maxSlippageBps: 300 });

for (const { symbol, side, wantedQuantity, filledQuantity, averagePrice, reason } of report.orders) {
  console.log(symbol, side, `${filledQuantity} of ${wantedQuantity} at ${averagePrice}`, reason);
}
console.log('slippage', report.slippageCents, 'costs', report.costCents, 'cash left', portfolio.cash);
console.log('on paper', portfolio.position('AAPL')?.unrealizedPnl(103_00));

savePortfolio('portfolio.json', portfolio);
console.log(loadPortfolio('portfolio.json').positions().size, 'positions read back');
