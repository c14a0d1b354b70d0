/** Exchanges with one fault each, to show that the checks of the exchange can fail. */
import type { CancelResult, Side, Trade } from '../exchange/types.js';
import { ReferenceExchange } from '../reference/exchange.js';
import { ReferenceBook, type ReferenceOrder } from '../reference/exchange-book.js';
import { hitInOrder, type ReferenceStop, watch } from '../reference/exchange-stops.js';

class NewestFirstBook extends ReferenceBook {
  override first(side: Side): ReferenceOrder | undefined {
    return this.inPriority(side)
      .filter(({ price }, _, [best]) => price === best!.price)
      .at(-1);
  }
}

class LargestFirstBook extends ReferenceBook {
  override first(side: Side): ReferenceOrder | undefined {
    const best = super.first(side)?.price;
    const queue = this.inPriority(side).filter(({ price }) => price === best);
    return queue.sort((a, b) => b.remainingQuantity - a.remainingQuantity)[0];
  }
}

class NeverTrades extends ReferenceExchange {
  protected override reaches(): boolean {
    return false;
  }
}

class LosesQuantity extends ReferenceExchange {
  protected override trade(order: ReferenceOrder, resting: ReferenceOrder): Trade {
    const trade = super.trade(order, resting);
    if (resting.remainingQuantity > 1) resting.remainingQuantity -= 1;
    return trade;
  }
}

class ConfusesSides extends ReferenceExchange {
  protected override trade(order: ReferenceOrder, resting: ReferenceOrder): Trade {
    return { ...super.trade(order, resting), aggressorSide: resting.side };
  }
}

class NewestFirst extends ReferenceExchange {
  protected override readonly book: ReferenceBook = new NewestFirstBook();
}

class GrowsInPlace extends ReferenceExchange {
  protected override keepsPriority(order: ReferenceOrder, price: number): boolean {
    return price === order.price;
  }
}

class RestsAll extends ReferenceExchange {
  protected override restOrCancel(order: ReferenceOrder): void {
    this.book.add(order);
    if (order.price === null) order.price = order.side === 'buy' ? 1 : Number.MAX_SAFE_INTEGER;
  }
}

class FillsOrFillsLess extends ReferenceExchange {
  protected override obtainable(order: ReferenceOrder): number {
    return super.obtainable(order) > 0 ? order.remainingQuantity : 0;
  }
}

class CancelsTwice extends ReferenceExchange {
  override cancel(orderId: number): CancelResult {
    const result = super.cancel(orderId);
    return result.reason === 'not-open' ? { ...result, status: 'cancelled', reason: null } : result;
  }
}

class TradesWithItself extends ReferenceExchange {
  protected override meetsOwn(): boolean {
    return false;
  }
}

class SkipsIds extends ReferenceExchange {
  protected override trade(order: ReferenceOrder, resting: ReferenceOrder): Trade {
    this.lastTradeId += this.lastTradeId === 5 ? 1 : 0;
    return super.trade(order, resting);
  }
}

class FiresDepthFirst extends ReferenceExchange {
  protected override cascade(trades: readonly Trade[], due: readonly ReferenceStop[]): number[] {
    const fired: number[] = [];
    for (const stop of [...due, ...this.lookAt(trades)]) {
      fired.push(stop.id, ...this.cascade(this.match(this.orderOf(stop)), []));
    }
    return fired;
  }
}

class TrailsTooLate extends ReferenceExchange {
  protected override lookAt(trades: readonly Trade[]): ReferenceStop[] {
    return trades.flatMap(({ price }) => {
      const hit = this.take(hitInOrder(this.pending, price));
      for (const stop of this.pending) watch(stop, price, this.ranges);
      return hit;
    });
  }
}

class IgnoresBars extends ReferenceExchange {
  override onBar(): readonly number[] {
    return [];
  }
}

class FiresByAge extends ReferenceExchange {
  protected override take(stops: ReferenceStop[]): ReferenceStop[] {
    return super.take(stops).sort((a, b) => a.id - b.id);
  }
}

/** Looks the same from outside until a price is met exactly by a sell. */
class FavoursSellers extends ReferenceExchange {
  protected override reaches(side: Side, price: number | null, resting: ReferenceOrder): boolean {
    if (side === 'sell' && resting.price === price && resting.remainingQuantity < 3) return false;
    return super.reaches(side, price, resting);
  }
}

class TradesInLots extends ReferenceExchange {
  protected override obtainable(order: ReferenceOrder): number {
    return order.remainingQuantity < 10 ? super.obtainable(order) : 0;
  }
}

class LargestFirst extends ReferenceExchange {
  protected override readonly book: ReferenceBook = new LargestFirstBook();
}

type Maker = new (options: ConstructorParameters<typeof ReferenceExchange>[0]) => ReferenceExchange;

/** Faults that break no invariant: only the twin tells. */
export const DIFFERENT: readonly Maker[] = [FiresDepthFirst, TrailsTooLate, IgnoresBars, FiresByAge];

/** Each with the invariant that it breaks first. */
export const BROKEN: readonly (readonly [number, Maker])[] = [
  [1, NeverTrades],
  [2, LosesQuantity],
  [3, ConfusesSides],
  [4, NewestFirst],
  [5, GrowsInPlace],
  [6, RestsAll],
  [6, FillsOrFillsLess],
  [7, CancelsTwice],
  [8, TradesWithItself],
  [10, SkipsIds],
];

/** What breaks each of the three comparisons of pairs of runs. */
export const UNEVEN: Readonly<Record<'mirror' | 'scaling' | 'splitting', Maker>> = {
  mirror: FavoursSellers,
  scaling: TradesInLots,
  splitting: LargestFirst,
};
