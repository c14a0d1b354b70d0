/** talib as a peer: TA-Lib in C under Node, arrays of numbers copied in and out. Compiled when it is fetched. */
import type { Bench } from '../harness.js';
import { type Bars, type Call, javascriptPeer } from './javascript-peer.js';

interface Library {
  execute(question: object): { result: Readonly<Record<string, number[]>> };
}

/** Version 2 needs Node 24. */
const VERSION = Number(process.versions.node.split('.')[0]) >= 24 ? '2.0.5' : '1.1.6';

export const bench: Bench = await javascriptPeer<Library>(
  { name: 'talib', version: VERSION, compiles: true },
  (library) => {
    const call = (
      name: string,
      columns: (bars: Bars) => object,
      options: object,
      outputs: readonly string[] = ['outReal'],
    ): Call => ({
      run: (bars) => {
        const endIdx = bars.close.length - 1;
        return library.execute({ name, startIdx: 0, endIdx, ...columns(bars), ...options }).result;
      },
      outputs: (result: Readonly<Record<string, number[]>>) => outputs.map((key) => result[key]!),
    });
    const closes = ({ close }: Bars): object => ({ inReal: close });
    const bars = ({ high, low, close }: Bars): object => ({ high, low, close });
    const stoch = { optInFastK_Period: 5, optInSlowK_Period: 3, optInSlowK_MAType: 0 };
    return {
      sma: call('SMA', closes, { optInTimePeriod: 30 }),
      ema: call('EMA', closes, { optInTimePeriod: 30 }),
      rsi: call('RSI', closes, { optInTimePeriod: 14 }),
      macd: call('MACD', closes, { optInFastPeriod: 12, optInSlowPeriod: 26, optInSignalPeriod: 9 }, [
        'outMACD',
        'outMACDSignal',
        'outMACDHist',
      ]),
      bbands: call(
        'BBANDS',
        closes,
        { optInTimePeriod: 20, optInNbDevUp: 2, optInNbDevDn: 2, optInMAType: 0 },
        ['outRealUpperBand', 'outRealMiddleBand', 'outRealLowerBand'],
      ),
      atr: call('ATR', bars, { optInTimePeriod: 14 }),
      stoch: call('STOCH', bars, { ...stoch, optInSlowD_Period: 3, optInSlowD_MAType: 0 }, [
        'outSlowK',
        'outSlowD',
      ]),
      adx: call('ADX', bars, { optInTimePeriod: 14 }),
    };
  },
);
