/** The help texts: examples first, all of which a test runs. Plain strings, so that `--help` loads nothing else. */

export const HELP = `nb-backtest: exact backtests of your prices, in one command

Examples
  nb-backtest demo                                   20 real stocks, ten years, table and HTML page
  nb-backtest prices.csv                             equal weight of every column, rebalanced monthly
  nb-backtest prices.csv --rebalance weekly --cost-bps 10 --html out.html
  nb-backtest prices.csv --weights weights.csv --json
  nb-backtest ohlc.csv --fill next-open --benchmark SPY.csv

Usage
  nb-backtest [run] PRICES [options]    backtest a price file
  nb-backtest demo [options]            backtest the bundled prices (2013-2022)

PRICES is CSV, plain or gzip: wide (Date,AAPL,MSFT,...), long (date,symbol,close) or one
symbol's bars (Date,Open,High,Low,Close). Prices and dates are read digit by digit.

Targets
  --weights equal|FILE      equal weight, or a CSV of weights (date,AAPL,... or date,symbol,weight)
  --rebalance WHEN          daily, weekly, monthly (default), quarterly, yearly, a number of bars,
                            or dates: 2020-01-02,2020-07-01
  --lag N                   bars from a target to its trade (1 at the close, 0 at the next open)
  --symbols A,B             trade only these columns
  --from, --to DATE         use only these dates (YYYY-MM-DD)

Trading
  --cash AMOUNT             currency units to start with (1000000.00)
  --cost-bps N              commission in basis points of each trade (0)
  --slippage-bps N          slippage in basis points of each trade (0)
  --min-fee AMOUNT          least cost of a trade (0)
  --fill WHERE              close (default), next-open, next-typical
  --quantity-step N         smallest tradable part of a share (0.000001); 1 for whole shares
  --cost-target WHICH       size targets from equity before (gross, default) or after (net) costs
  --max-gross N             largest sum of absolute weights (1); above 1 borrows
  --allow-short             allow negative weights
  --missing-price POLICY    error (default) or mark-last
  --no-trade-band-bps N     leave positions within N basis points of their target alone
  --min-order, --max-order AMOUNT    drop smaller orders, cut larger ones
  --max-trades N            only the N largest orders of a rebalance
  --max-turnover AMOUNT     scale a rebalance down to this traded value
  --price-scale N           ticks per currency unit (found from the digits)

Figures
  --benchmark SYMBOL|FILE   compare with a column (not traded then) or with another price file
  --risk-free RATE          risk-free return of a year, as a decimal (0)
  --periods N               bars in a year (252)
  --profile NAME            default, nanobook, quantstats-0.0.77, quantstats-0.0.86

Output
  --html FILE               write a self-contained page
  --json | --csv            the result on stdout as JSON, or a CSV of the daily series
  --name TEXT               title of the report
  --quiet                   no remarks on stderr
  --no-color                no colours (also NO_COLOR, TERM=dumb)
  --debug                   show stack traces
  --version [--json]        version and features
  --help                    this page

Exit codes: 0 done, 1 usage, 2 data, 3 fit, 4 resources, 5 risk refused, 130 interrupted, 255 bug
`;
