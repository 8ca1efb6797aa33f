/** Words that scams in public rooms keep coming back with. */
export const BANNED_WORDS: readonly string[] = [
  'airdrop', 'autoclicker', 'bitdoubler', 'bonuscode', 'bulkfollowers', 'buycoins',
  'buyfollowers', 'cashdrop', 'cashflip', 'casinobonus', 'cheapcoins', 'cheatcode', 'clickbot',
  'coinadder', 'coindoubler', 'coinflip', 'coingenerator', 'coinglitch', 'cointrick',
  'cryptodouble', 'dailycash', 'discountcoins', 'doubleyourcoins', 'earnfast', 'easycash',
  'easycoins', 'fastcash', 'flashsale', 'followbot', 'followerboost', 'freebet', 'freecash',
  'freecoins', 'freediamonds', 'freegems', 'freegifts', 'freespins', 'getrich', 'giftcardhack',
  'giftexploit', 'giftglitch', 'giveawaylink', 'guaranteedwin', 'hackedcoins', 'instantcash',
  'instantcoins', 'jackpotlink', 'likebot', 'loanoffer', 'luckydraw', 'luckyspin', 'makemoney',
  'megabonus', 'moneyflip', 'moneyglitch', 'nodeposit', 'onlinecasino', 'paidsurvey',
  'passiveincome', 'payday', 'pokerbonus', 'prizeclaim', 'promolink', 'quickcash', 'quickloan',
  'referralbonus', 'richquick', 'rouletteking', 'scratchwin', 'sellaccount', 'sellcoins',
  'signalgroup', 'slotbonus', 'spinwin', 'sportsbet', 'surebet', 'telegrambot', 'topupcheap',
  'topuphack', 'tradesignals', 'unlimitedcoins', 'vipaccess', 'viplottery', 'votebot',
  'walletdrop', 'winbig', 'wincash', 'wincoins', 'winprize', 'workfromhome',
];
