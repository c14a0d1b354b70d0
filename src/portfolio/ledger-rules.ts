/** What the ledger needs to know of the options. */

/** What a rebalance may do; every limit is off at 0. */
export interface LedgerRules {
  readonly lotMicro: number;
  readonly ticksPerCent: number;
  readonly maxGross: number;
  readonly allowShort: boolean;
  readonly costTarget: 'gross' | 'net';
  readonly minOrderValue: number;
  readonly maxOrderValue: number;
  readonly noTradeBandBps: number;
  readonly maxTradesPerRebalance: number;
  readonly maxRebalanceNotional: number;
}
